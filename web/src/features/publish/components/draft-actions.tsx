import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { toast } from "sonner";
import { Button } from "../../../components/ui/button.tsx";
import { useCancelTarget } from "../api/cancel-target.ts";
import { InlineQuestion } from "./inline-question.tsx";

interface DraftActionsProps {
  postId: string;
  /** Of the video, for screen readers. */
  name: string;
  onContinue: () => void;
}

/** Goes on with a draft, or throws it away. */
export function DraftActions({ postId, name, onContinue }: DraftActionsProps) {
  const [isAsking, setAsking] = useState(false);
  const cancel = useCancelTarget();
  const discard = useRef<HTMLButtonElement>(null);
  const keep = () => {
    // The button is in the page again before it can be focused.
    flushSync(() => setAsking(false));
    discard.current?.focus();
  };
  return (
    <div className="mb-3.5 border-b pb-3.5">
      {isAsking
        ? (
          <InlineQuestion
            question="Throw this draft away? It cannot be brought back."
            confirmLabel="Discard draft"
            keepLabel="Keep it"
            isBusy={cancel.isPending}
            onConfirm={() =>
              cancel.mutate({ postId }, {
                onSuccess: () => toast.success("Draft discarded"),
                onError: keep,
              })}
            onKeep={keep}
          />
        )
        : (
          <div className="flex gap-1.5">
            <Button size="sm" look="primary" onClick={onContinue}>
              Continue<span className="sr-only">{" "}the post of {name}</span>
            </Button>
            <Button size="sm" look="quiet" ref={discard} onClick={() => setAsking(true)}>
              Discard<span className="sr-only">{" "}the draft of {name}</span>
            </Button>
          </div>
        )}
    </div>
  );
}

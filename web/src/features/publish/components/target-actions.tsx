import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../components/ui/button.tsx";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import { useRetryTarget } from "../api/retry-target.ts";
import type { TargetAction } from "../rules/describe-target.ts";
import type { ListedTarget } from "../rules/listed-post.ts";
import type { RenderReconnect } from "./render-reconnect.ts";
import { TargetQuestion } from "./target-question.tsx";
import { type Question, useQuestionFocus } from "./use-question-focus.ts";

interface TargetActionsProps {
  postId: string;
  target: ListedTarget;
  /** Of the account, for screen readers. */
  name: string;
  actions: readonly TargetAction[];
  renderReconnect: RenderReconnect;
  onEdit?: () => void;
  /** Posts what is there to the account's Facebook Page as well. */
  onCrossPost?: () => void;
}

/** Buttons that ask something first, and the action that has to be possible for it. */
const ASKING: Record<Question, { action: TargetAction; label: string; look: "secondary" | "quiet" }> = {
  there: { action: "decide", label: "It is there", look: "secondary" },
  again: { action: "decide", label: "Post again", look: "secondary" },
  now: { action: "now", label: "Publish now", look: "secondary" },
  cancel: { action: "cancel", label: "Cancel", look: "quiet" },
  dismiss: { action: "dismiss", label: "Give up", look: "quiet" },
};

/** What can be done about a post on one account. What is hard to take back asks first, in its place. */
export function TargetActions(props: TargetActionsProps) {
  const { postId, target, name, actions, renderReconnect, onEdit, onCrossPost } = props;
  const [asking, setAsking] = useState<Question | null>(null);
  const retry = useRetryTarget();
  const { box, ask, close } = useQuestionFocus(setAsking);
  const place = PLATFORM_NAMES[target.platform];
  const has = (action: TargetAction) => actions.includes(action);

  if (asking && has(ASKING[asking].action)) {
    return <TargetQuestion postId={postId} target={target} name={name} question={asking} onClose={close} />;
  }
  const questions = (Object.keys(ASKING) as Question[]).filter((each) => has(ASKING[each].action));
  return (
    <div ref={box} className="flex flex-wrap items-center gap-1.5">
      {has("open") && target.platform_url && (
        <Button asChild size="sm">
          <a href={target.platform_url} target="_blank" rel="noreferrer">
            Open on {place} <ExternalLink aria-hidden />
            <span className="sr-only">(new tab)</span>
          </a>
        </Button>
      )}
      {onCrossPost && (
        <Button size="sm" onClick={onCrossPost}>
          Post to Facebook too<span className="sr-only">: {name}</span>
        </Button>
      )}
      {has("reconnect") && renderReconnect({
        connectionId: target.connection_id,
        errorCode: target.error?.code ?? null,
      })}
      {(has("retry") || has("convert")) && (
        <Button
          size="sm"
          isBusy={retry.isPending}
          onClick={() => retry.mutate({ postId, targetId: target.id })}
        >
          {has("convert") ? nameConversion(target) : "Try again"}
          <span className="sr-only">: {name}</span>
        </Button>
      )}
      {has("edit") && onEdit && (
        <Button size="sm" onClick={onEdit}>
          Edit<span className="sr-only">{" "}the post to {name}</span>
        </Button>
      )}
      {questions.map((question) => (
        <Button
          key={question}
          size="sm"
          look={ASKING[question].look}
          data-asks={question}
          className={ASKING[question].look === "quiet" ? "max-sm:first:-ml-3" : undefined}
          onClick={() => ask(question)}
        >
          {ASKING[question].label}
          <span className="sr-only">: {name}</span>
        </Button>
      ))}
    </div>
  );
}

/** Where nothing here converts, the user replaces the file; it is looked at again. */
const nameConversion = ({ error }: ListedTarget): string =>
  error?.code === "conversion_needed" ? "Look at the file again" : "Convert again";

import { useState } from "react";
import { toast } from "sonner";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import { useCancelTarget } from "../api/cancel-target.ts";
import { useDecideTarget } from "../api/decide-target.ts";
import { usePublishTargetNow } from "../api/publish-target-now.ts";
import type { ListedTarget } from "../rules/listed-post.ts";
import { InlineQuestion } from "./inline-question.tsx";
import type { Question } from "./use-question-focus.ts";

interface TargetQuestionProps {
  postId: string;
  target: ListedTarget;
  name: string;
  question: Question;
  onClose: () => void;
}

/** Asks before something that cannot be taken back, and does it. */
export function TargetQuestion({ postId, target, name, question, onClose }: TargetQuestionProps) {
  const cancel = useCancelTarget();
  const decide = useDecideTarget();
  const publish = usePublishTargetNow();
  const [url, setUrl] = useState("");
  const place = PLATFORM_NAMES[target.platform];
  const of = { postId, targetId: target.id };
  const done = { onSettled: onClose };
  const isBadUrl = url !== "" && !/^https:\/\/\S+\.\S+$/.test(url);
  const common = { isBusy: cancel.isPending || decide.isPending || publish.isPending, onKeep: onClose };

  switch (question) {
    case "there":
      return (
        <InlineQuestion
          {...common}
          question={`You see the post on ${place}?`}
          confirmLabel="Yes, it is there"
          keepLabel="Back"
          isHarmless
          onConfirm={() => !isBadUrl && decide.mutate({ ...of, isThere: true, url }, done)}
        >
          <Field
            label="Its address"
            isOptional
            error={isBadUrl ? "An address begins with https://." : undefined}
            hint="With it, the post can be opened from here."
          >
            {(field) => (
              <Input
                {...field}
                type="url"
                inputMode="url"
                placeholder="https://"
                value={url}
                onChange={(event) => setUrl(event.target.value.trim())}
              />
            )}
          </Field>
        </InlineQuestion>
      );
    case "again":
      return (
        <InlineQuestion
          {...common}
          question={`If the first one did arrive, ${place} shows it twice. Post again?`}
          confirmLabel="Post again"
          keepLabel="Back"
          onConfirm={() => decide.mutate({ ...of, isThere: false }, done)}
        />
      );
    case "now":
      return (
        <InlineQuestion
          {...common}
          question={`Publish to ${name} right now?`}
          confirmLabel="Publish now"
          keepLabel="Keep the time"
          isHarmless
          onConfirm={() =>
            publish.mutate(of, { ...done, onSuccess: () => toast.success(`On its way to ${name}`) })}
        />
      );
    case "cancel":
      return (
        <InlineQuestion
          {...common}
          question={`Cancel the post to ${name}?`}
          confirmLabel="Cancel post"
          keepLabel="Keep it"
          onConfirm={() => cancel.mutate(of, done)}
        />
      );
    case "dismiss":
      return (
        <InlineQuestion
          {...common}
          question={`Give up on ${name}?`}
          confirmLabel="Give up"
          keepLabel="Keep it"
          onConfirm={() => cancel.mutate(of, done)}
        />
      );
  }
}

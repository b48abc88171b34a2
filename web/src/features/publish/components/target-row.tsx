import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { formatTime } from "../../../lib/format-time.ts";
import type { TargetDescription } from "../rules/describe-target.ts";
import type { ListedTarget } from "../rules/listed-post.ts";
import { progressOf } from "../rules/progress-steps.ts";
import type { RenderReconnect } from "./render-reconnect.ts";
import { TargetActions } from "./target-actions.tsx";
import { TargetAttempts } from "./target-attempts.tsx";
import { TargetBadge } from "./target-badge.tsx";
import { TargetProgress } from "./target-progress.tsx";

interface TargetRowProps {
  postId: string;
  target: ListedTarget;
  picture: ReactNode;
  name: string;
  place: string;
  description: TargetDescription;
  timeZone: string;
  renderReconnect: RenderReconnect;
  onEdit?: () => void;
  onCrossPost?: () => void;
}

/** A post on one account: how it stands, what comes next and what can be done. */
export function TargetRow(props: TargetRowProps) {
  const { postId, target, picture, name, place, description, timeZone } = props;
  const step = progressOf(target.status);
  const when = target.published_at && formatTime(new Date(target.published_at), timeZone);
  return (
    <li tabIndex={-1} className="flex gap-3.5 py-3.5 outline-none first:pt-0 last:pb-0">
      {picture}
      <div className="grid min-w-0 grow gap-x-4 gap-y-2 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5 font-[570]">
            <span className="min-w-0 break-words">
              {name} <span className="font-normal text-ink-faint">{place}</span>
            </span>
            <TargetBadge target={target} description={description} />
          </p>
          <p className="text-ink-soft">
            {when ? `On ${place} since ${when}.` : description.sentence}
          </p>
          {target.notice && (
            <p className="mt-0.5 flex items-start gap-1.5 text-ink-soft">
              <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />
              {target.notice.message}
            </p>
          )}
          {step !== null && <TargetProgress step={step} name={`${name} on ${place}`} />}
          {target.attempts > 0 && (
            <TargetAttempts targetId={target.id} attempts={target.attempts} timeZone={timeZone} />
          )}
        </div>
        <TargetActions
          postId={postId}
          target={target}
          name={`${name} on ${place}`}
          actions={description.actions}
          renderReconnect={props.renderReconnect}
          onEdit={props.onEdit}
          onCrossPost={props.onCrossPost}
        />
      </div>
    </li>
  );
}

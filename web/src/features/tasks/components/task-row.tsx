import { Check, ExternalLink, RotateCcw, SkipForward } from "lucide-react";
import type { Task, TaskStatus } from "../../../../../supabase/functions/_shared/contracts/tasks.ts";
import { Badge } from "../../../components/ui/badge.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { toAmazonLink } from "../../../../../supabase/functions/_shared/contracts/amazon-link.ts";
import { formatWhen } from "../../../lib/format-date.ts";
import { MARKETPLACE_NAMES } from "../../../lib/marketplace-names.ts";

interface TaskRowProps {
  task: Task;
  onMove: (status: TaskStatus) => void;
}

/** One upload to do on Amazon: where, for which ASIN, where its video comes from, and its next step. */
export function TaskRow({ task, onMove }: TaskRowProps) {
  const name = `${task.asin} on Amazon ${task.marketplace}`;
  const isDone = task.status !== "pending";
  return (
    <li data-task={task.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
      <abbr
        title={`Amazon ${MARKETPLACE_NAMES[task.marketplace]}`}
        className="grid h-6 w-9 shrink-0 place-items-center rounded-md bg-sunken text-xs font-[600] text-ink-soft no-underline"
      >
        {task.marketplace}
      </abbr>
      <div className="min-w-0 grow basis-52">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <a
            href={toAmazonLink(task.marketplace, task.asin)}
            target="_blank"
            rel="noreferrer"
            className="code inline-flex items-center gap-1 rounded font-[550] hover:underline"
          >
            {task.asin} <ExternalLink aria-hidden className="size-3 text-ink-faint" />
            <span className="sr-only">(opens Amazon in a new tab)</span>
          </a>
          <TaskOrigin task={task} />
          {task.video_changed_at && task.status === "pending" && (
            <Badge tone="warning" title="The video was replaced while someone worked on this task.">
              video changed
            </Badge>
          )}
        </p>
        {task.title && <p className="line-clamp-1 text-xs text-ink-faint">{task.title}</p>}
      </div>
      {isDone && <TaskOutcome task={task} />}
      <div className="flex items-center gap-1.5 max-sm:ml-auto">
        {isDone
          ? (
            <Button
              look="quiet"
              size="sm"
              data-move="pending"
              aria-label={`Reopen ${name}`}
              onClick={() => onMove("pending")}
            >
              <RotateCcw aria-hidden /> Reopen
            </Button>
          )
          : (
            <>
              <Button
                look="quiet"
                size="sm"
                data-move="skipped"
                aria-label={`Skip ${name}`}
                onClick={() => onMove("skipped")}
              >
                <SkipForward aria-hidden /> Skip
              </Button>
              <Button
                size="sm"
                data-move="completed"
                aria-label={`Complete ${name}`}
                onClick={() => onMove("completed")}
              >
                <Check aria-hidden /> Complete
              </Button>
            </>
          )}
      </div>
    </li>
  );
}

function TaskOrigin({ task }: { task: Task }) {
  if (task.asin === task.search_asin) return null;
  if (task.video_id === null || task.video_is_inherited) {
    return <Badge tone="info">inherited from {task.search_asin}</Badge>;
  }
  return <Badge>own video</Badge>;
}

function TaskOutcome({ task }: { task: Task }) {
  if (task.status === "skipped") return <Badge>skipped</Badge>;
  return (
    <Badge tone="success">
      <Check aria-hidden /> completed{task.completed_at ? ` ${formatWhen(task.completed_at)}` : ""}
    </Badge>
  );
}

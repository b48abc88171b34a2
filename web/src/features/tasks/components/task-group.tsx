import { Film } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { TaskList, TaskStatus } from "../../../../../supabase/functions/_shared/contracts/tasks.ts";
import { Button } from "../../../components/ui/button.tsx";
import { Card } from "../../../components/ui/card.tsx";
import { VideoPoster } from "../../../components/video-poster.tsx";
import { count } from "../../../lib/count.ts";
import { formatBytes } from "../../../lib/format-bytes.ts";
import { UNREACHABLE_SENTENCES } from "../../../lib/unreachable-words.ts";
import { TaskRow } from "./task-row.tsx";

type Group = TaskList["groups"][number];

/** A list is not cut short for fewer tasks than this. */
const WORTH_HIDING = 3;

interface TaskGroupProps {
  group: Group;
  /** A link to where the group's tasks come from. */
  place?: ReactNode;
  /** Shows this many tasks until asked for all. */
  shownCount?: number;
  onMove: (task: Group["tasks"][number], status: TaskStatus) => void;
}

/** A video with the tasks it is to be uploaded for. */
export function TaskGroup({ group: { video, tasks }, place, shownCount, onMove }: TaskGroupProps) {
  const [isWhole, setIsWhole] = useState(false);
  const isLong = shownCount !== undefined && tasks.length >= shownCount + WORTH_HIDING;
  return (
    <Card className="overflow-hidden">
      <section
        // With the product: files may be named alike.
        aria-label={`Tasks ${video ? `of ${video.filename}` : "without a video"}, ${
          tasks[0]?.asin ?? "none"
        }`}
      >
        <header className="flex items-center gap-3.5 border-b bg-sunken/50 px-4 py-3">
          {video
            ? (
              <VideoPoster
                path={video.poster_path}
                videoId={video.unreachable_reason ? undefined : video.id}
                durationMs={video.duration_ms}
                className="w-24 shrink-0 rounded-md"
              />
            )
            : (
              <span className="grid aspect-video w-24 shrink-0 place-items-center rounded-md border border-dashed border-line-strong text-ink-faint">
                <Film aria-hidden className="size-5" />
              </span>
            )}
          <div className="min-w-0">
            <h3 className="truncate font-[600]" title={video?.filename}>
              {video?.filename ?? "No video yet"}
            </h3>
            <p className="text-xs text-ink-faint">
              {video ? `${formatBytes(video.size_bytes)} · ` : ""}
              {count(tasks.length, "task")}
              {!video && ". Upload one to the product and it appears here."}
            </p>
            {video?.unreachable_reason && (
              <p className="mt-0.5 text-xs text-warning">{UNREACHABLE_SENTENCES[video.unreachable_reason]}</p>
            )}
            {place && <div className="mt-0.5 truncate text-xs">{place}</div>}
          </div>
        </header>
        <ul className="divide-y">
          {(isLong && !isWhole ? tasks.slice(0, shownCount) : tasks).map((task) => (
            <TaskRow
              key={task.id}
              task={task}
              onMove={(status) => onMove(task, status)}
            />
          ))}
        </ul>
        {isLong && (
          <div className="border-t px-4 py-2">
            <Button look="quiet" size="sm" aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
              {isWhole ? "Show fewer" : `Show all ${tasks.length} tasks`}
            </Button>
          </div>
        )}
      </section>
    </Card>
  );
}

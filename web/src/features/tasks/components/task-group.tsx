import { Film } from "lucide-react";
import type { ReactNode } from "react";
import type { TaskList, TaskStatus } from "../../../../../supabase/functions/_shared/contracts/tasks.ts";
import { Card } from "../../../components/ui/card.tsx";
import { VideoPoster } from "../../../components/video-poster.tsx";
import { count } from "../../../lib/count.ts";
import { formatBytes } from "../../../lib/format-bytes.ts";
import { TaskRow } from "./task-row.tsx";

type Group = TaskList["groups"][number];

interface TaskGroupProps {
  group: Group;
  /** A link to where the group's tasks come from. */
  place?: ReactNode;
  onMove: (task: Group["tasks"][number], status: TaskStatus) => void;
}

/** A video with the tasks it is to be uploaded for. */
export function TaskGroup({ group: { video, tasks }, place, onMove }: TaskGroupProps) {
  return (
    <Card className="overflow-hidden">
      <section aria-label={video ? `Tasks of ${video.filename}` : "Tasks without a video"}>
        <header className="flex items-center gap-3.5 border-b bg-sunken/50 px-4 py-3">
          {video
            ? (
              <VideoPoster
                path={video.poster_path}
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
            {place && <div className="mt-0.5 truncate text-xs">{place}</div>}
          </div>
        </header>
        <ul className="divide-y">
          {tasks.map((task) => (
            <TaskRow
              key={task.id}
              task={task}
              onMove={(status) => onMove(task, status)}
            />
          ))}
        </ul>
      </section>
    </Card>
  );
}

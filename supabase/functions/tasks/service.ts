import {
  type Task,
  type TaskList,
  taskListSchema,
  type TaskQuery,
  taskSchema,
  type UpdateTaskRequest,
} from "../_shared/contracts/tasks.ts";
import { AppError } from "../_shared/core/app-error.ts";
import type { InfluencerTasks } from "../_shared/db/influencer-tasks.ts";

export interface TasksDeps {
  tasks: InfluencerTasks;
}

/** A page of the caller's tasks, grouped by video. */
export async function listTasks(deps: TasksDeps, callerToken: string, query: TaskQuery): Promise<TaskList> {
  return taskListSchema.parse(await deps.tasks.listOwn(callerToken, query));
}

/** Changes status or title; which moves are allowed is decided in SQL. */
export async function updateTask(
  deps: TasksDeps,
  callerToken: string,
  taskId: string,
  request: UpdateTaskRequest,
): Promise<Task> {
  const task = await deps.tasks.updateOwn(callerToken, taskId, request);
  if (!task) throw new AppError("task_not_found");
  return taskSchema.parse(task);
}

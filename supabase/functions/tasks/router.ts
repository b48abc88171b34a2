import { createRoute } from "@hono/zod-openapi";
import { etag } from "hono/etag";
import {
  taskListSchema,
  taskQuerySchema,
  taskSchema,
  updateTaskRequestSchema,
} from "../_shared/contracts/tasks.ts";
import { type App, type AppOptions, createApp } from "../_shared/http/create-app.ts";
import { requireUser } from "../_shared/http/require-user.ts";
import { answers, idParamsSchema, jsonBody } from "../_shared/http/route-parts.ts";
import type { VerifyToken } from "../_shared/http/verify-token.ts";
import { listTasks, type TasksDeps, updateTask } from "./service.ts";

const PATH = "/influencer-tasks";

export interface TasksRouterDeps extends TasksDeps, Pick<AppOptions, "sink" | "clock"> {
  verifyToken: VerifyToken;
}

/** Auth: every route takes a signed-in user. */
export function createTasksRouter(deps: TasksRouterDeps): App {
  const app = createApp({ name: "tasks", clock: deps.clock, sink: deps.sink });
  app.use(requireUser(deps));
  // The extension polls the list; an unchanged one costs no bytes.
  app.use(
    PATH,
    etag({ weak: true, retainedHeaders: ["etag", "access-control-allow-origin", "x-request-id"] }),
  );

  app.openapi(
    createRoute({
      method: "get",
      path: PATH,
      summary: "Tasks grouped by video, with counts and an ETag",
      request: { query: taskQuerySchema },
      responses: answers(taskListSchema),
    }),
    async (c) => c.json(await listTasks(deps, c.var.caller.token, c.req.valid("query")), 200),
  );

  app.openapi(
    createRoute({
      method: "patch",
      path: `${PATH}/{id}`,
      summary: "Completes, skips, reopens or renames a task",
      request: { params: idParamsSchema, body: jsonBody(updateTaskRequestSchema) },
      responses: answers(taskSchema),
    }),
    async (c) => {
      const task = await updateTask(deps, c.var.caller.token, c.req.valid("param").id, c.req.valid("json"));
      return c.json(task, 200);
    },
  );

  return app;
}

import { createRoute } from "@hono/zod-openapi";
import type { RunInBackground } from "../core/background.ts";
import type { App } from "./create-app.ts";
import { acceptedAnswer } from "./route-parts.ts";

interface Job {
  /** Path below /internal, and the name in the log. */
  name: string;
  summary: string;
  run(): Promise<unknown>;
}

/** A scheduled call, signed by private.call_function: answers 202 at once and works on. */
export function addJobRoute(
  app: App,
  { background }: { background: RunInBackground },
  { name, summary, run }: Job,
): void {
  app.openapi(
    createRoute({ method: "post", path: `/internal/${name}`, summary, responses: acceptedAnswer }),
    (c) => {
      background(name, run);
      return c.json({ accepted: true as const }, 202);
    },
  );
}

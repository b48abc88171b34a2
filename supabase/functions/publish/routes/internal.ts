import { createRoute, z } from "@hono/zod-openapi";
import { addJobRoute } from "../../_shared/http/add-job-route.ts";
import type { App } from "../../_shared/http/create-app.ts";
import { acceptedAnswer, jsonBody } from "../../_shared/http/route-parts.ts";
import { makeBulk } from "../services/bulk/make-bulk.ts";
import type { PublishDeps } from "../services/deps.ts";
import { followLinks } from "../services/follow-links.ts";
import { runFollowUps } from "../services/follow-up/run-follow-ups.ts";
import { removeSpentCopies } from "../services/remove-spent-copies.ts";
import { shareWorkers } from "../services/share-workers.ts";

const workRequestSchema = z.object({ lane: z.union([z.literal(0), z.literal(1)]) });

/** Scheduled calls only, signed by private.call_function. They answer at once and work on. */
export function addInternalRoutes(app: App, deps: PublishDeps): void {
  const work = shareWorkers(deps);
  app.openapi(
    createRoute({
      method: "post",
      path: "/internal/work",
      summary: "Works on due targets of a lane: 0 around the irreversible call, 1 before it",
      request: { body: jsonBody(workRequestSchema) },
      responses: acceptedAnswer,
    }),
    (c) => {
      const { lane } = c.req.valid("json");
      deps.background("publish-work", () => work(lane));
      return c.json({ accepted: true as const }, 202);
    },
  );

  addJobRoute(app, deps, {
    name: "follow-up",
    summary: "Does what is left to do on published posts: covers, first comments",
    run: () => runFollowUps(deps),
  });

  addJobRoute(app, deps, {
    name: "follow-links",
    summary: "Asks for the addresses of posts that were published before they were known",
    run: () => followLinks(deps),
  });

  addJobRoute(app, deps, {
    name: "make-bulks",
    summary: "Makes the posts of the next bulk",
    run: () => makeBulk(deps),
  });

  addJobRoute(app, deps, {
    name: "remove-spent-copies",
    summary: "Removes staged copies nobody fetches any more",
    run: () => removeSpentCopies(deps),
  });
}

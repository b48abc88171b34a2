import type { Hono } from "hono";
import { z } from "zod";
import { BlotatoFailure } from "../blotato-failure.ts";
import type { BlotatoDeps, BlotatoEnv } from "../blotato-origin.ts";
import { scheduleIdOf } from "../post-view.ts";
import type { Submission } from "../submission.ts";

const limitSchema = z.coerce.number().int().min(1).max(50);

/** Posts that wait for their time at Blotato itself. */
export function addScheduleRoutes(app: Hono<BlotatoEnv>, { kit, state }: BlotatoDeps): void {
  const waitingOf = (user: string) =>
    state.submissionsOf(user)
      .filter(({ outcome, scheduledAt }) => outcome === null && (scheduledAt ?? 0) > kit.now())
      .sort((one, other) => one.scheduledAt! - other.scheduledAt!);
  const find = (user: string, id: string) => {
    const found = waitingOf(user).find((submission) => scheduleIdOf(submission) === id);
    if (found === undefined) throw new BlotatoFailure(404, "Schedule not found");
    return found;
  };

  app.get("/schedules", (c) => {
    const limit = limitSchema.safeParse(c.req.query("limit") ?? 50);
    if (!limit.success) throw new BlotatoFailure(422, "querystring.limit: must be between 1 and 50");
    const start = Number(c.req.query("cursor") ?? 0) || 0;
    const waiting = waitingOf(c.var.user.name);
    const end = start + limit.data;
    const next = end < waiting.length ? { cursor: String(end) } : {};
    return c.json({ items: waiting.slice(start, end).map(toView), count: String(waiting.length), ...next });
  });

  app.get(
    "/schedules/:id",
    (c) => c.json({ schedule: toView(find(c.var.user.name, c.req.param("id"))) }),
  );

  app.delete("/schedules/:id", async (c) => {
    const { id, blob } = find(c.var.user.name, c.req.param("id"));
    state.submissions.delete(id);
    await kit.blobs.remove(blob);
    kit.touch();
    return c.body(null, 204);
  });
}

function toView(submission: Submission): Record<string, unknown> {
  const { accountId, username, text, mediaUrls, target, scheduledAt } = submission;
  return {
    id: scheduleIdOf(submission),
    scheduledAt: new Date(scheduledAt!).toISOString(),
    account: { id: accountId, platform: "tiktok", username },
    draft: {
      accountId,
      content: { text, mediaUrls, platform: "tiktok" },
      target: { targetType: "tiktok", ...target },
    },
  };
}

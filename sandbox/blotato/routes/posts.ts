import type { Hono } from "hono";
import { z } from "zod";
import type { Kit } from "../../kit/provider.ts";
import { BlotatoFailure } from "../blotato-failure.ts";
import type { BlotatoDeps, BlotatoEnv } from "../blotato-origin.ts";
import { describeListed, describeStatus, type ListedPost } from "../post-view.ts";
import { type PostInput, readPost } from "../read-post.ts";
import type { Submission } from "../submission.ts";
import type { BlotatoUser } from "../user.ts";

const DAY_MS = 24 * 3600 * 1000;
const WINDOW_DAYS = 7;
const STATES = ["scheduled", "published", "failed"] as const;

const time = z.iso.datetime({ offset: true, error: 'must match format "date-time"' })
  .transform((text) => Date.parse(text));
const listQuerySchema = z.object({
  since: time.optional(),
  until: time.optional(),
  limit: z.coerce.number().int().min(1, "must be >= 1").max(250, "must be <= 250").default(50),
  cursor: z.string().regex(/^\d+$/, "must be a cursor of an earlier answer").optional(),
  status: z.array(z.enum(STATES, "must be equal to one of the allowed values")),
  platform: z.array(z.string()),
});

/** Submitting posts, asking about one, and the list of those that are waiting or over. */
export function addPostRoutes(app: Hono<BlotatoEnv>, { kit, state, publisher, gate }: BlotatoDeps): void {
  app.post("/posts", async (c) => {
    gate.take(c.var.user.name, "posts");
    const input = readPost(await c.req.json().catch(() => null));
    const submission = createSubmission(kit, c.var.user, input, c.env.exchange.processingMs);
    state.submissions.set(submission.id, submission);
    kit.touch();
    publisher.start(submission);
    const { id: postSubmissionId, scheduledAt } = submission;
    const scheduledTime = scheduledAt === null ? undefined : new Date(scheduledAt).toISOString();
    return c.json({ postSubmissionId, scheduledTime }, 201);
  });

  // An id that is not there, or somebody else's, is told to be in progress.
  app.get("/posts/:id", (c) => {
    gate.take(c.var.user.name, "polls");
    const id = c.req.param("id");
    const submission = state.submissions.get(id);
    const isOwn = submission?.user === c.var.user.name;
    return c.json(isOwn ? describeStatus(kit, submission) : { postSubmissionId: id, status: "in-progress" });
  });

  app.get("/posts", (c) => {
    gate.take(c.var.user.name, "lists");
    const { status = [], platform = [] } = c.req.queries();
    const query = listQuerySchema.safeParse({ ...c.req.query(), status, platform });
    if (!query.success) {
      const [issue] = query.error.issues;
      throw new BlotatoFailure(422, `querystring.${issue!.path.join(".")}: ${issue!.message}`);
    }
    const { limit, cursor = "0", since, until } = query.data;
    const from = since ?? kit.now() - WINDOW_DAYS * DAY_MS;
    const to = until ?? kit.now() + WINDOW_DAYS * DAY_MS;
    const entries = state.submissionsOf(c.var.user.name)
      .flatMap((submission) => describeListed(kit, submission) ?? [])
      .filter((entry) => {
        const at = Date.parse(entry.postTime);
        return at >= from && at <= to && isWanted(entry, query.data);
      })
      .sort((one, other) => Date.parse(other.postTime) - Date.parse(one.postTime));
    const end = Number(cursor) + limit;
    const next = end < entries.length ? { cursor: String(end) } : {};
    return c.json({ items: entries.slice(Number(cursor), end), ...next });
  });
}

function isWanted(entry: ListedPost, { status, platform }: z.output<typeof listQuerySchema>): boolean {
  return (status.length === 0 || status.includes(entry.state.type)) &&
    (platform.length === 0 || platform.includes(entry.platform));
}

function createSubmission(
  kit: Kit,
  user: BlotatoUser,
  { post, scheduledTime }: PostInput,
  processingMs: number | null,
): Submission {
  const account = user.accounts.find(({ id, platform }) => id === post.accountId && platform === "tiktok");
  if (account === undefined) throw new BlotatoFailure(404, "Account not found");
  const { targetType: _, isDraft = false, title: __, videoCoverTimestamp = 0, ...target } = post.target;
  return {
    id: crypto.randomUUID(),
    user: user.name,
    accountId: account.id,
    username: account.username,
    text: post.content.text,
    mediaUrls: post.content.mediaUrls,
    target: { ...target, isDraft, videoCoverTimestamp },
    createdAt: kit.now(),
    scheduledAt: scheduledTime ? Date.parse(scheduledTime) : null,
    processingMs: processingMs ??
      kit.settings.get("blotato", "processing_ms", 1_000 + Math.floor(kit.random() * 2_000)),
    forcedError: kit.settings.get("blotato", "post_error"),
    outcome: null,
    blob: kit.blobs.create(),
    size: 0,
    sha256: null,
    mimeType: "video/mp4",
  };
}

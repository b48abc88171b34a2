import { PUBLIC_OPTIONS } from "../../functions/support/tiktok-world.ts";
import type { Person } from "./people.ts";
import type { PlannedPost, Platform } from "./plan-publishing.ts";
import type { PublishRig } from "./publish-rig.ts";

const TIMEOUT_MS = 10_000;
const PAUSE_MS = 200;
/** What a platform asks every post to say. */
const OPTIONS: Partial<Record<Platform, unknown>> = { tiktok: PUBLIC_OPTIONS };

/**
 * Posts through the API as a client does that wants its post made once: the same request with the same key until it
 * is answered. Resolves when it is; throws when it is refused.
 */
export async function createPost(rig: PublishRig, person: Person, post: PlannedPost): Promise<void> {
  const dueAt = post.dueInSeconds === null
    ? null
    : new Date(Date.now() + post.dueInSeconds * 1000).toISOString();
  const body = JSON.stringify({
    video_id: person.videos[post.video]!.id,
    caption: post.marker,
    ...(dueAt && { scheduled_for: dueAt }),
    targets: post.platforms.map((platform) => ({ platform, options: OPTIONS[platform] })),
  });
  for (;;) {
    const answer = await send(rig, person, post, body);
    if (answer?.status === 201) return;
    if (answer && !isPassing(answer)) throw new Error(`${post.marker}: ${answer.status} ${answer.text}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** Null without an answer: the function, the gateway's connection or the database died under the request. */
async function send(rig: PublishRig, person: Person, post: PlannedPost, body: string) {
  try {
    const response = await fetch(`${rig.env.API_URL}/functions/v1/publish/posts`, {
      method: "POST",
      headers: {
        apikey: rig.env.PUBLISHABLE_KEY!,
        authorization: `Bearer ${person.account.token}`,
        "content-type": "application/json",
        "idempotency-key": post.marker,
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, text: await response.text() };
  } catch {
    return null;
  }
}

function isPassing({ status, text }: { status: number; text: string }): boolean {
  return status >= 502 || status === 429 || (status === 409 && text.includes("request_in_progress"));
}

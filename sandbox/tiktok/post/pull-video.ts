import { BlobWriter } from "../../kit/blob-writer.ts";
import type { Kit } from "../../kit/provider.ts";
import type { TiktokState } from "../state.ts";
import { invalidParams, TiktokFailure } from "../tiktok-failure.ts";
import { finishPost } from "./finish-post.ts";
import type { Post } from "./post.ts";

const TIMEOUT_MS = 3600 * 1000;

/**
 * Judges the address of a video: https (loopback excepted), on a domain or under a prefix of `verified_domains`. Throws
 * 400 and 403.
 */
export function checkVideoUrl(kit: Kit, address: string): void {
  const url = URL.parse(address);
  const isLoopback = url?.hostname === "127.0.0.1" || url?.hostname === "localhost";
  if (!url || (url.protocol !== "https:" && !isLoopback)) throw invalidParams("The video url is invalid");
  const verified = kit.settings.get("tiktok", "verified_domains", "").split(",").filter(Boolean);
  const isOurs = verified.some((entry) =>
    entry.endsWith("/")
      ? address.startsWith(entry)
      : url.hostname === entry || url.hostname.endsWith(`.${entry}`)
  );
  if (isOurs) return;
  throw new TiktokFailure(
    403,
    "url_ownership_unverified",
    "Please review our URL ownership verification rules.",
  );
}

/** Pulls the video of a post; anything but a plain 200 is video_pull_failed. Never throws. */
export async function pullVideo(
  kit: Kit,
  state: TiktokState,
  post: Post,
  processingMs: number | null,
): Promise<void> {
  if (post.source.kind !== "PULL_FROM_URL") return;
  try {
    const { url } = post.source;
    const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new Error(`The server answered ${response.status}.`);
    }
    post.received = 0;
    const count = (part: Uint8Array) => void (post.received += part.length);
    const writer = await BlobWriter.open(kit.blobs.path(post.blob), 0, count);
    try {
      for await (const chunk of response.body ?? []) await writer.write(chunk);
    } finally {
      await writer.close();
    }
    if (state.posts.get(post.publishId) === post) await finishPost(kit, state, post, processingMs);
  } catch {
    post.failReason = "video_pull_failed";
    kit.touch();
  }
}

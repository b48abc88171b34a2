import type { ApiCall } from "../api/api-call.ts";
import { logId } from "../tiktok-failure.ts";
import { findPost } from "./find-post.ts";
import { failReasonOf, type Post, statusOf } from "./post.ts";

/** POST status/fetch. The public id of a public post comes with moderation, some time after PUBLISH_COMPLETE. */
export async function fetchStatus(call: ApiCall): Promise<Response> {
  const { kit, exchange } = call;
  const post = await findPost(call);
  const { arrived } = post;
  if (exchange.processingMs !== null && arrived !== null) {
    const isProcessed = kit.now() >= arrived.processedAt;
    arrived[isProcessed ? "moderatedAt" : "processedAt"] = kit.now() + exchange.processingMs;
  }
  const isUpload = post.source.kind === "FILE_UPLOAD";
  const data = {
    status: statusOf(kit, post),
    fail_reason: failReasonOf(kit, post),
    publicaly_available_post_id: PLACE,
    ...(isUpload ? { uploaded_bytes: post.received } : { downloaded_bytes: post.received }),
  };
  const body = JSON.stringify({ data, error: { code: "ok", message: "", log_id: logId() } });
  // As a JSON number, of more digits than most parsers keep.
  const ids = shownIdOf(call, post) ?? "";
  return new Response(body.replace(`"${PLACE}"`, `[${ids}]`), {
    headers: { "content-type": "application/json; charset=utf-8" },
  });
}

const PLACE = "ids";

function shownIdOf({ kit }: ApiCall, post: Post): string | null {
  const isPublic = post.info?.privacyLevel === "PUBLIC_TO_EVERYONE";
  const isModerated = post.arrived !== null && kit.now() >= post.arrived.moderatedAt;
  return isPublic && isModerated && statusOf(kit, post) === "PUBLISH_COMPLETE" ? post.arrived!.postId : null;
}

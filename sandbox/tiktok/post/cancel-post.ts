import type { ApiCall } from "../api/api-call.ts";
import { renderData, TiktokFailure } from "../tiktok-failure.ts";
import { findPost } from "./find-post.ts";

/** POST cancel: ends a post whose bytes are not all there. Throws 400 for any other. */
export async function cancelPost(call: ApiCall): Promise<Response> {
  const post = await findPost(call);
  if (post.arrived !== null || post.failReason !== null) {
    throw new TiktokFailure(400, "publish_not_cancellable", "The publish cannot be cancelled any more.");
  }
  post.failReason = "publish_cancelled";
  call.kit.touch();
  return renderData({});
}

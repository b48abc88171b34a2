import { z } from "zod";
import { type ApiCall, readBody } from "../api/api-call.ts";
import { TiktokFailure } from "../tiktok-failure.ts";
import type { Post } from "./post.ts";

const bodySchema = z.object({ publish_id: z.string().min(1).max(64) });

/** The caller's post that the body names. Throws 400 for one that does not exist and for somebody else's. */
export async function findPost(call: ApiCall): Promise<Post> {
  const { publish_id } = await readBody(call, bodySchema);
  const post = call.state.posts.get(publish_id);
  if (post === undefined) {
    throw new TiktokFailure(400, "invalid_publish_id", "The publish_id does not exist.");
  }
  if (post.account === call.account.name) return post;
  throw new TiktokFailure(
    400,
    "token_not_authorized_for_specified_publish_id",
    "The access_token is not authorized for the specified publish_id.",
  );
}

import { type Post, postSchema } from "../../_shared/contracts/publish.ts";
import { AppError } from "../../_shared/core/app-error.ts";
import type { PostRow, TargetRow } from "../../_shared/db/posts.ts";
import type { Caller } from "./connections/deps.ts";
import type { PublishDeps } from "./deps.ts";

/** A post of the caller's with its targets as stored. AppError post_not_found. */
export async function findOwnPost(
  deps: Pick<PublishDeps, "posts">,
  caller: Caller,
  postId: string,
): Promise<{ post: PostRow; targets: TargetRow[] }> {
  const found = await deps.posts.findOwn(caller.token, postId);
  if (!found) throw new AppError("post_not_found");
  return found;
}

/** How far a post is, target by target. */
export async function readPost(
  deps: Pick<PublishDeps, "posts">,
  caller: Caller,
  postId: string,
): Promise<Post> {
  const { post, targets } = await findOwnPost(deps, caller, postId);
  return postSchema.parse({
    id: post.id,
    overall_status: post.overall_status,
    targets: targets.map(({ error_code: code, error_message: message, ...target }) => {
      const said = code === null ? null : { code, message: message ?? "" };
      const isThere = target.status === "published";
      return { ...target, error: isThere ? null : said, ...(isThere && said && { notice: said }) };
    }),
  });
}

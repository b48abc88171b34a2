import { ApiFailure } from "../../../lib/api-failure.ts";
import { unwrap } from "../../../lib/data-failure.ts";
import { supabase } from "../../../lib/supabase.ts";
import { type PostPage, postPageSchema, type PostView } from "../rules/listed-post.ts";

interface PostQuery {
  view?: PostView;
  search?: string;
  productId?: string;
  postId?: string;
  cursor?: string;
}

/** A page of the user's posts with their targets, what needs its user first. */
export async function readPosts({ view, search, productId, postId, cursor }: PostQuery): Promise<PostPage> {
  const answer = unwrap(
    await supabase.rpc("list_posts", {
      p_view: view,
      p_search: search,
      p_product_id: productId,
      p_post_id: postId,
      p_cursor: cursor,
    }),
  );
  const parsed = postPageSchema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new ApiFailure("unexpected_answer", "The posts could not be read. Reload the page.", 200);
}

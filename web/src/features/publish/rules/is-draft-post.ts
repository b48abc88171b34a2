import type { ListedPost } from "./listed-post.ts";

/** True for a post of which nothing has been sent anywhere. */
export const isDraftPost = ({ targets }: Pick<ListedPost, "targets">): boolean =>
  targets.some(({ status }) => status === "draft");

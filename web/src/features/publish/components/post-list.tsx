import type { ListedPost } from "../rules/listed-post.ts";
import { PostCard, type PostCardProps } from "./post-card.tsx";
import { StoppedCauses } from "./stopped-causes.tsx";

interface PostListProps extends Omit<PostCardProps, "post"> {
  posts: readonly ListedPost[];
}

/** Posts as they come, and above them what stopped several of them for one reason. */
export function PostList({ posts, ...card }: PostListProps) {
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
      <StoppedCauses posts={posts} />
      <ul aria-label="Posts" className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {posts.map((post) => (
          <li key={post.id}>
            <PostCard {...card} post={post} />
          </li>
        ))}
      </ul>
    </div>
  );
}

import { useInfiniteQuery } from "@tanstack/react-query";
import { cn } from "../../lib/cn.ts";
import { postListOptions } from "../../features/publish/api/list-posts.ts";

/** A post may stop while its user is somewhere else in the app. */
const LOOKED_AT_MS = 60_000;

/** How many posts need their user, beside the word "Posts". */
export function StoppedPostsCount({ className }: { className?: string }) {
  const { data } = useInfiniteQuery({
    ...postListOptions({ view: "attention" }),
    refetchInterval: LOOKED_AT_MS,
  });
  const stopped = data?.pages[0]?.counts.attention ?? 0;
  if (stopped === 0) return null;
  return (
    <span
      className={cn(
        "tabular min-w-5 rounded-full bg-danger-soft px-1.5 text-center text-2xs/5 font-[650] text-danger",
        className,
      )}
    >
      {stopped > 99 ? "99+" : stopped}
      <span className="sr-only">{stopped === 1 ? " needs you" : " need you"}</span>
    </span>
  );
}

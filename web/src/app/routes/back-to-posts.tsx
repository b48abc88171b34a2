import { Link } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";

/** The way up from a page that stands below the posts. */
export function BackToPosts() {
  return (
    <Link
      to="/posts"
      className="-ml-1 mb-4 inline-flex items-center gap-1 rounded pr-1 text-ink-soft max-sm:-mt-3 max-sm:mb-1 max-sm:min-h-11 hover:text-ink"
    >
      <ChevronLeft aria-hidden className="size-4" /> Posts
    </Link>
  );
}

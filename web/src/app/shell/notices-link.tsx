import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Bell } from "lucide-react";
import { cn } from "../../lib/cn.ts";
import { unreadCountOptions } from "../../features/notices/api/count-unread.ts";

/** The bell, with how many notices are unread. */
export function NoticesLink({ className }: { className?: string }) {
  const { data: unread = 0 } = useQuery(unreadCountOptions);
  return (
    <Link
      to="/notifications"
      className={cn(
        "relative grid size-9 place-items-center rounded-lg text-ink-soft hover:bg-sunken hover:text-ink max-lg:size-11 max-lg:rounded-full data-[status=active]:text-ink lg:data-[status=active]:bg-spark-soft",
        className,
      )}
    >
      <Bell aria-hidden className="size-4.5" />
      <span className="sr-only">Notifications{unread > 0 && `, ${unread > 99 ? "99+" : unread} unread`}</span>
      {unread > 0 && (
        <span
          aria-hidden
          className="tabular absolute top-0.5 right-0 min-w-4.5 rounded-full bg-danger px-1 text-center text-2xs/4.5 font-[650] text-white max-lg:top-1 max-lg:right-0.5 dark:text-[oklch(0.2_0.04_25)]"
        >
          {unread > 99 ? "99+" : unread}
        </span>
      )}
    </Link>
  );
}

import { Link } from "@tanstack/react-router";
import { NAV_ITEMS } from "./nav-items.ts";
import { PendingTasksCount } from "./pending-tasks-count.tsx";
import { StoppedPostsCount } from "./stopped-posts-count.tsx";

/** Navigation on small screens, within reach of a thumb. */
export function TabBar() {
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-20 grid grid-cols-5 border-t bg-surface/95 pb-[env(safe-area-inset-bottom)] backdrop-blur lg:hidden"
    >
      {NAV_ITEMS.filter(({ isInAccountMenu }) => !isInAccountMenu).map((
        { to, label, icon: Icon, isExact },
      ) => (
        <Link
          key={label}
          to={to}
          activeOptions={{ exact: isExact ?? false, includeSearch: false }}
          className="group relative grid h-15 content-center justify-items-center gap-0.5 text-2xs font-[550] text-ink-soft focus-visible:-outline-offset-2 data-[status=active]:text-ink"
        >
          <span className="grid h-7 w-11 place-items-center rounded-full group-data-[status=active]:bg-spark-soft">
            <Icon aria-hidden className="size-5" />
          </span>
          {label}
          {to === "/tasks" && <PendingTasksCount className="absolute top-1 left-1/2 ml-2" />}
          {to === "/posts" && <StoppedPostsCount className="absolute top-1 left-1/2 ml-2" />}
        </Link>
      ))}
    </nav>
  );
}

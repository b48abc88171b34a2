import { Link } from "@tanstack/react-router";
import { Logo } from "../../components/logo.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { NAV_ITEMS } from "./nav-items.ts";
import { NoticesLink } from "./notices-link.tsx";
import { OnedriveStatusLink } from "./onedrive-status-link.tsx";
import { PendingTasksCount } from "./pending-tasks-count.tsx";
import { StoppedPostsCount } from "./stopped-posts-count.tsx";

/** Navigation on large screens. */
export function Sidebar() {
  return (
    <aside className="sticky top-0 hidden h-dvh w-60 shrink-0 flex-col border-r bg-surface px-3 py-4 lg:flex">
      <div className="mb-6 flex items-center justify-between">
        <Link to="/" aria-label="Cliprelay, home" className="rounded-lg px-2 py-1">
          <Logo />
        </Link>
        <NoticesLink />
      </div>
      <nav aria-label="Main" className="grid gap-0.5">
        {NAV_ITEMS.map(({ to, label, icon: Icon, isExact }) => (
          <Link
            key={label}
            to={to}
            activeOptions={{ exact: isExact ?? false, includeSearch: false }}
            className="flex h-9 items-center gap-3 rounded-lg px-2.5 font-[550] text-ink-soft hover:bg-sunken hover:text-ink data-[status=active]:bg-spark-soft data-[status=active]:text-ink"
          >
            <Icon aria-hidden className="size-4.5" /> {label}
            {to === "/tasks" && <PendingTasksCount className="ml-auto" />}
            {to === "/posts" && <StoppedPostsCount className="ml-auto" />}
          </Link>
        ))}
      </nav>
      <div className="mt-auto grid gap-2">
        <OnedriveStatusLink />
        <AccountMenu />
      </div>
    </aside>
  );
}

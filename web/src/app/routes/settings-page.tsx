import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { PageHeader } from "../../components/ui/page-header.tsx";

const TABS = [
  { to: "/settings/profile", label: "Profile" },
  { to: "/settings/security", label: "Sign-in & security" },
  { to: "/settings/onedrive", label: "OneDrive" },
  { to: "/settings/accounts", label: "Accounts" },
  { to: "/settings/slots", label: "Posting slots" },
  { to: "/settings/templates", label: "Caption templates" },
  { to: "/settings/notifications", label: "Notifications" },
  { to: "/settings/account", label: "Data & account" },
] as const;

export function SettingsPage() {
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // On a phone the tabs are wider than the screen: the open one is brought into view.
  useEffect(() => {
    nav.current?.querySelector("[data-status=active]")?.scrollIntoView({
      inline: "center",
      block: "nearest",
    });
  }, [pathname]);
  return (
    <div>
      <PageHeader title="Settings" />
      <nav
        ref={nav}
        aria-label="Settings"
        className="mb-6 flex max-w-5xl gap-6 overflow-x-auto border-b [scrollbar-width:none] max-sm:-mx-4 max-sm:gap-5 max-sm:px-4"
      >
        {TABS.map(({ to, label }) => (
          <Link
            key={to}
            to={to}
            className="shrink-0 border-b-2 border-transparent pt-1 pb-2.5 max-sm:pt-3 font-[550] whitespace-nowrap text-ink-soft hover:text-ink focus-visible:-outline-offset-2 data-[status=active]:border-progress data-[status=active]:text-ink"
          >
            {label}
          </Link>
        ))}
      </nav>
      <div className="max-w-3xl">
        <Outlet />
      </div>
    </div>
  );
}

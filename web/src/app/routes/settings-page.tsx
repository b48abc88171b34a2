import { Link, Outlet } from "@tanstack/react-router";
import { PageHeader } from "../../components/ui/page-header.tsx";

const TABS = [
  { to: "/settings/onedrive", label: "OneDrive" },
  { to: "/settings/profile", label: "Profile" },
] as const;

export function SettingsPage() {
  return (
    <div className="max-w-3xl">
      <PageHeader title="Settings" />
      <nav aria-label="Settings" className="mb-6 flex gap-6 border-b">
        {TABS.map(({ to, label }) => (
          <Link
            key={to}
            to={to}
            className="-mb-px border-b-2 border-transparent pb-2.5 font-[550] text-ink-soft hover:text-ink data-[status=active]:border-progress data-[status=active]:text-ink"
          >
            {label}
          </Link>
        ))}
      </nav>
      <Outlet />
    </div>
  );
}

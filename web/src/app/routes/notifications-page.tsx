import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Settings2 } from "lucide-react";
import { Button } from "../../components/ui/button.tsx";
import { PageHeader } from "../../components/ui/page-header.tsx";
import { Skeleton } from "../../components/ui/skeleton.tsx";
import { NoticeList } from "../../features/notices/components/notice-list.tsx";
import { profileOptions } from "../../features/profile/api/get-profile.ts";

/** Everything the user was told. */
export function NotificationsPage() {
  const { data: profile } = useQuery({ ...profileOptions, throwOnError: (_e, query) => !query.state.data });
  return (
    <div className="max-w-3xl">
      <PageHeader
        title="Notifications"
        description="What happened to your posts and accounts, newest first."
        actions={
          <Button asChild>
            <Link to="/settings/notifications">
              <Settings2 aria-hidden />
              <span>
                Choose<span className="max-sm:sr-only">{" "}what you are told</span>
              </span>
            </Link>
          </Button>
        }
      />
      {profile ? <NoticeList timeZone={profile.time_zone} /> : <Skeleton className="h-64 rounded-xl" />}
    </div>
  );
}

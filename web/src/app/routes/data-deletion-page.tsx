import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { CircleCheck } from "lucide-react";
import { Notice } from "../../components/ui/notice.tsx";
import { Skeleton } from "../../components/ui/skeleton.tsx";
import { AuthPage } from "../../features/auth/components/auth-page.tsx";
import { deletionOptions } from "../../features/connections/api/read-deletion.ts";
import { isPassing } from "../../lib/api-failure.ts";
import { formatWhen } from "../../lib/format-date.ts";

const DELETED =
  "We deleted the access to your accounts, their names and pictures, and the addresses of their posts. " +
  "What is on Facebook and Instagram stays there; you delete it there.";

const route = getRouteApi("/data-deletion/$code");

/** Where Facebook and Instagram send people who asked there for the deletion of their data. */
export function DataDeletionPage() {
  const { code } = route.useParams();
  const { data, error } = useQuery(deletionOptions(code));
  return (
    <AuthPage
      title="Deletion of your data"
      description="What Facebook or Instagram asked Cliprelay to delete for you."
      footer={<Link to="/" className="font-[550] text-link hover:underline">Go to Cliprelay</Link>}
    >
      {error && (
        isPassing(error)
          ? (
            <Notice tone="warning" title="This cannot be looked up right now" isUrgent>
              Your data is deleted as soon as Facebook or Instagram asked for it. Reload the page in a minute.
            </Notice>
          )
          : (
            <Notice tone="warning" title="This request is not known" isUrgent>
              Look whether the address is complete. Codes are kept for a year.
            </Notice>
          )
      )}
      {!error && !data && <Skeleton className="h-28 rounded-xl" />}
      {data && (
        <div className="grid gap-4">
          <p className="flex items-start gap-2.5">
            <CircleCheck aria-hidden className="mt-0.5 size-5 shrink-0 text-success" />
            <span>{`Done ${formatWhen(data.completed_at)}. ${DELETED}`}</span>
          </p>
          <p className="text-xs text-ink-faint">
            Confirmation code <code className="break-all">{data.confirmation_code}</code>
          </p>
        </div>
      )}
    </AuthPage>
  );
}

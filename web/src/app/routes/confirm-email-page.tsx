import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, Navigate } from "@tanstack/react-router";
import { MailCheck } from "lucide-react";
import { Notice } from "../../components/ui/notice.tsx";
import { Skeleton } from "../../components/ui/skeleton.tsx";
import { AuthPage } from "../../features/auth/components/auth-page.tsx";
import { MailboxLink } from "../../features/auth/components/mailbox-link.tsx";
import { ResendConfirmation } from "../../features/auth/components/resend-confirmation.tsx";
import { queryKeys } from "../../lib/query-keys.ts";
import { supabase } from "../../lib/supabase.ts";

const route = getRouteApi("/confirm-email");

/** After signing up where addresses have to be confirmed, and where the link of that mail leads. */
export function ConfirmEmailPage() {
  const { email, expired } = route.useSearch();
  const session = useQuery({
    queryKey: queryKeys.session,
    queryFn: async () => (await supabase.auth.getSession()).data.session,
    gcTime: 0,
  });
  if (session.isPending) return <Skeleton className="m-10 h-44" />;
  if (session.data) return <Navigate to="/" replace />;
  return (
    <AuthPage
      title={expired ? "This link does not work anymore" : "Check your mail"}
      description={expired
        ? "It works once and for one hour. We send you a new one."
        : email
        ? `We sent a link to ${email}. Open it to finish your account.`
        : "Open the link in our mail to finish your account."}
      footer={<Link to="/sign-in" className="font-[550] text-link hover:underline">Back to signing in</Link>}
    >
      {!expired && (
        <div className="mb-5 grid gap-4">
          <span className="grid size-14 place-items-center rounded-2xl bg-success-soft text-success">
            <MailCheck aria-hidden className="size-6" />
          </span>
          <Notice tone="info" action={<MailboxLink />}>
            Nothing there? Look into the spam folder, it may take a minute.
          </Notice>
        </div>
      )}
      <ResendConfirmation email={email ?? null} wasJustSent={!expired && email !== undefined} />
    </AuthPage>
  );
}

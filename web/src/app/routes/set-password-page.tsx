import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { toast } from "sonner";
import { Notice } from "../../components/ui/notice.tsx";
import { Skeleton } from "../../components/ui/skeleton.tsx";
import { AuthPage } from "../../features/auth/components/auth-page.tsx";
import { SetPasswordForm } from "../../features/auth/components/set-password-form.tsx";
import { queryKeys } from "../../lib/query-keys.ts";
import { supabase } from "../../lib/supabase.ts";

/** Where the link of a recovery mail leads; the client has taken the session out of the address by then. */
export function SetPasswordPage() {
  const navigate = useNavigate();
  const session = useQuery({
    queryKey: queryKeys.session,
    queryFn: async () => (await supabase.auth.getSession()).data.session,
    gcTime: 0,
  });
  return (
    <AuthPage
      title="Set a new password"
      description={session.data ? `For ${session.data.user.email}.` : "The link in our mail brings you here."}
      footer={<Link to="/sign-in" className="font-[550] text-link hover:underline">Back to signing in</Link>}
    >
      {session.isPending && <Skeleton className="h-44" />}
      {session.isSuccess && !session.data && (
        <Notice
          tone="warning"
          title="This link does not work anymore"
          isUrgent
          action={
            <Link to="/forgot-password" className="font-[550] text-link hover:underline">
              Ask for a new one
            </Link>
          }
        >
          It works once and for one hour.
        </Notice>
      )}
      {session.data && (
        <SetPasswordForm
          onDone={() => {
            toast.success("Your new password is set");
            void navigate({ to: "/" });
          }}
        />
      )}
    </AuthPage>
  );
}

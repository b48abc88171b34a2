import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { Notice } from "../../components/ui/notice.tsx";
import { AuthPage } from "../../features/auth/components/auth-page.tsx";
import { SignInForm } from "../../features/auth/components/sign-in-form.tsx";
import { safePath } from "../../lib/safe-path.ts";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  const { next, closed } = route.useSearch();
  const router = useRouter();
  return (
    <AuthPage
      title="Sign in"
      description={closed
        ? "Should you come back one day, you start anew."
        : "Your products, videos and tasks are where you left them."}
      footer={
        <>
          New here?{" "}
          <Link to="/sign-up" search={{ next }} className="font-[550] text-link hover:underline">
            Create an account
          </Link>
        </>
      }
    >
      {closed && (
        <div className="mb-5">
          <Notice tone="success" title="Your account is closed" isUrgent>
            We are deleting what it held. Your videos stay in your OneDrive.
          </Notice>
        </div>
      )}
      <SignInForm onSignedIn={() => router.history.push(safePath(next))} />
    </AuthPage>
  );
}

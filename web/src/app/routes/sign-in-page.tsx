import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { AuthPage } from "../../features/auth/components/auth-page.tsx";
import { SignInForm } from "../../features/auth/components/sign-in-form.tsx";
import { safePath } from "../../lib/safe-path.ts";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  const { next } = route.useSearch();
  const router = useRouter();
  return (
    <AuthPage
      title="Sign in"
      description="Your products, videos and tasks are where you left them."
      footer={
        <>
          New here?{" "}
          <Link to="/sign-up" search={{ next }} className="font-[550] text-link hover:underline">
            Create an account
          </Link>
        </>
      }
    >
      <SignInForm onSignedIn={() => router.history.push(safePath(next))} />
    </AuthPage>
  );
}

import { getRouteApi, Link, useNavigate, useRouter } from "@tanstack/react-router";
import { AuthPage } from "../../features/auth/components/auth-page.tsx";
import { SignUpForm } from "../../features/auth/components/sign-up-form.tsx";
import { safePath } from "../../lib/safe-path.ts";

const route = getRouteApi("/sign-up");

export function SignUpPage() {
  const { next } = route.useSearch();
  const router = useRouter();
  const navigate = useNavigate();
  return (
    <AuthPage
      title="Create your account"
      description="All you need next is a video and a OneDrive to keep it in."
      footer={
        <>
          Have an account?{" "}
          <Link to="/sign-in" search={{ next }} className="font-[550] text-link hover:underline">
            Sign in
          </Link>
        </>
      }
    >
      <SignUpForm
        onSignedIn={() => router.history.push(safePath(next))}
        onMailSent={(email) => navigate({ to: "/confirm-email", search: { email } })}
      />
    </AuthPage>
  );
}

import { getRouteApi, Link } from "@tanstack/react-router";
import { AuthPage } from "../../features/auth/components/auth-page.tsx";
import { ForgotPasswordForm } from "../../features/auth/components/forgot-password-form.tsx";

const route = getRouteApi("/forgot-password");

export function ForgotPasswordPage() {
  const { expired } = route.useSearch();
  return (
    <AuthPage
      title="Forgot your password?"
      description="Tell us your e-mail and we send you a link to set a new one."
      footer={<Link to="/sign-in" className="font-[550] text-link hover:underline">Back to signing in</Link>}
    >
      <ForgotPasswordForm isExpired={expired === true} />
    </AuthPage>
  );
}

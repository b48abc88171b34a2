import { useRouteContext } from "@tanstack/react-router";
import { Section } from "../../components/ui/card.tsx";
import { ChangePasswordForm } from "../../features/auth/components/change-password-form.tsx";
import { SessionsCard } from "../../features/auth/components/sessions-card.tsx";

export function SecuritySettings() {
  const { session } = useRouteContext({ from: "/_app" });
  return (
    <div className="grid gap-8">
      <Section title="Password" description={`You sign in as ${session.user.email}.`}>
        <ChangePasswordForm email={session.user.email ?? ""} />
      </Section>
      <Section title="Where you are signed in" description="Sign out what you do not know or do not use.">
        <SessionsCard />
      </Section>
    </div>
  );
}

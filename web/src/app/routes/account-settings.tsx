import { useNavigate, useRouteContext } from "@tanstack/react-router";
import { Section } from "../../components/ui/card.tsx";
import { DeleteAccountCard } from "../../features/account/components/delete-account-card.tsx";
import { ExportCard } from "../../features/account/components/export-card.tsx";

export function AccountSettings() {
  const { session } = useRouteContext({ from: "/_app" });
  const navigate = useNavigate();
  return (
    <div className="grid gap-8">
      <Section title="Download your data">
        <ExportCard />
      </Section>
      <Section title="Delete account">
        <DeleteAccountCard
          email={session.user.email ?? ""}
          onClosed={() => void navigate({ to: "/sign-in", search: { closed: true }, replace: true })}
        />
      </Section>
    </div>
  );
}

import { Section } from "../../components/ui/card.tsx";
import { Accounts } from "../../features/connections/components/accounts.tsx";

export function AccountsSettings() {
  return (
    <Section
      title="Accounts to publish to"
      description="Connect each one once. What we keep of the sign-in is encrypted, and you can end it at any time."
    >
      <Accounts />
    </Section>
  );
}

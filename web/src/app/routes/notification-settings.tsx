import { useRouteContext } from "@tanstack/react-router";
import { Section } from "../../components/ui/card.tsx";
import { PreferenceList } from "../../features/notices/components/preference-list.tsx";

export function NotificationSettings() {
  const { session } = useRouteContext({ from: "/_app" });
  return (
    <Section
      title="What you are told"
      description={`Mails go to ${session.user.email}. What belongs together comes as one mail.`}
    >
      <PreferenceList />
    </Section>
  );
}

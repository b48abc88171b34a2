import { Card } from "../../../components/ui/card.tsx";
import { Switch } from "../../../components/ui/switch.tsx";
import type { Profile } from "../api/get-profile.ts";
import { useUpdateProfile } from "../api/update-profile.ts";

/** Whether tasks come by themselves. */
export function AutoQueueCard({ profile }: { profile: Profile }) {
  const update = useUpdateProfile(profile.user_id);
  return (
    <Card className="px-5 py-4">
      <Switch
        label="Make Amazon tasks by itself"
        description="A finished upload makes the tasks of its product and of every related ASIN at once. Switched off, “Queue for Amazon” makes them."
        isOn={profile.auto_queue_tasks}
        onChange={(isOn) => update.mutate({ auto_queue_tasks: isOn })}
      />
    </Card>
  );
}

import { useQuery } from "@tanstack/react-query";
import { ThemeChoice } from "../../components/theme-choice.tsx";
import { Card } from "../../components/ui/card.tsx";
import { Skeleton } from "../../components/ui/skeleton.tsx";
import { profileOptions } from "../../features/profile/api/get-profile.ts";
import { AutoQueueCard } from "../../features/profile/components/auto-queue-card.tsx";
import { ProfileForm } from "../../features/profile/components/profile-form.tsx";

export function ProfileSettings() {
  const { data: profile } = useQuery({ ...profileOptions, throwOnError: (_e, query) => !query.state.data });
  if (!profile) return <Skeleton className="h-72 rounded-xl" />;
  return (
    <div className="grid gap-4">
      <ProfileForm profile={profile} />
      <AutoQueueCard profile={profile} />
      <Card className="flex flex-wrap items-center justify-between gap-3 px-5 py-4">
        <div>
          <h2 className="text-sm font-[550]">Colours</h2>
          <p className="mt-0.5 text-ink-soft">Light, dark, or as your system has it.</p>
        </div>
        <ThemeChoice />
      </Card>
    </div>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CalendarClock } from "lucide-react";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { Section } from "../../components/ui/card.tsx";
import { Skeleton } from "../../components/ui/skeleton.tsx";
import { slotsOptions } from "../../features/posting-slots/api/list-slots.ts";
import { AddSlotsForm } from "../../features/posting-slots/components/add-slots-form.tsx";
import { SlotWeek } from "../../features/posting-slots/components/slot-week.tsx";
import { profileOptions } from "../../features/profile/api/get-profile.ts";

/** The times of a week at which somebody posts. */
export function SlotsSettings() {
  const failing = { throwOnError: (_e: Error, query: { state: { data: unknown } }) => !query.state.data };
  const { data: slots } = useQuery({ ...slotsOptions, ...failing });
  const { data: profile } = useQuery({ ...profileOptions, ...failing });
  if (!slots || !profile) return <Skeleton className="h-72 rounded-xl" />;
  return (
    <div className="grid gap-8">
      <Section
        title="Your week"
        note={slots.length > 0 ? slots.length : undefined}
        description={
          <>
            When you publish many videos at once, each takes the next free slot of its account. Times are
            those of {profile.time_zone.replaceAll("_", " ")}, as in your{" "}
            <Link to="/settings/profile" className="text-link underline">profile</Link>.
          </>
        }
      >
        {slots.length === 0
          ? (
            <EmptyState icon={CalendarClock} title="No slots yet" isCompact>
              Add the times at which your audience is there, for example every weekday at 18:00.
            </EmptyState>
          )
          : <SlotWeek slots={slots} />}
      </Section>
      <Section title="Add slots">
        <AddSlotsForm slots={slots} />
      </Section>
    </div>
  );
}

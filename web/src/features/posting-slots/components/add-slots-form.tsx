import { Plus } from "lucide-react";
import { useState } from "react";
import type { Platform } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { PlatformMark } from "../../../components/platform-mark.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { Card } from "../../../components/ui/card.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { count } from "../../../lib/count.ts";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import { useChangeSlots } from "../api/change-slots.ts";
import type { Slot } from "../api/list-slots.ts";
import { ToggleChips } from "./toggle-chips.tsx";
import { WEEKDAYS } from "./weekdays.ts";

const DAY_OPTIONS = WEEKDAYS.map((name, index) => ({
  value: String(index + 1),
  label: (
    <span>
      {name.slice(0, 3)}
      <span className="sr-only">{name.slice(3)}</span>
    </span>
  ),
}));
const PLATFORMS = Object.keys(PLATFORM_NAMES) as Platform[];
const PLATFORM_OPTIONS = PLATFORMS.map((platform) => ({
  value: platform,
  label: (
    <>
      <PlatformMark platform={platform} className="size-4.5" /> {PLATFORM_NAMES[platform]}
    </>
  ),
}));

/** A time on one or more days, for all platforms or some. */
export function AddSlotsForm({ slots }: { slots: readonly Slot[] }) {
  const change = useChangeSlots();
  const [days, setDays] = useState<string[]>(["1", "2", "3", "4", "5"]);
  const [time, setTime] = useState("18:00");
  const [platforms, setPlatforms] = useState<Platform[]>([]);
  const [isTried, setTried] = useState(false);

  const isThere = (day: string) =>
    slots.some((slot) => slot.weekday === Number(day) && slot.local_time.startsWith(time));
  const added = days.filter((day) => !isThere(day));
  const problem = days.length === 0
    ? "Choose at least one day."
    : time === ""
    ? "Choose a time."
    : added.length === 0
    ? "You have a slot at this time on these days already."
    : undefined;

  const add = () => {
    setTried(problem !== undefined);
    if (problem || change.isPending) return;
    change.mutate({
      add: added.map((day) => ({
        weekday: Number(day),
        local_time: time,
        platforms: platforms.length > 0 && platforms.length < PLATFORMS.length ? platforms : null,
      })),
    });
  };

  return (
    <Card>
      <form
        noValidate
        className="grid gap-5 px-5 py-5"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <div className="grid gap-1.5">
          <p className="font-[550]">Days</p>
          <ToggleChips label="Days" value={days} options={DAY_OPTIONS} onChange={setDays} />
        </div>
        <Field label="Time" error={isTried ? problem : undefined} className="max-w-40">
          {(field) => (
            <Input
              {...field}
              type="time"
              value={time}
              onChange={(event) => setTime(event.target.value)}
            />
          )}
        </Field>
        <div className="grid gap-1.5">
          <p className="font-[550]">
            Platforms <span className="font-normal text-ink-faint">(none chosen: all of them)</span>
          </p>
          <ToggleChips
            label="Platforms"
            value={platforms}
            options={PLATFORM_OPTIONS}
            onChange={setPlatforms}
          />
        </div>
        <div>
          <Button type="submit" look="primary" isBusy={change.isPending}>
            <Plus aria-hidden /> Add {added.length > 1 ? count(added.length, "slot") : "slot"}
          </Button>
        </div>
      </form>
    </Card>
  );
}

import { X } from "lucide-react";
import { useRef } from "react";
import { PlatformMark } from "../../../components/platform-mark.tsx";
import { cn } from "../../../lib/cn.ts";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import { useChangeSlots } from "../api/change-slots.ts";
import type { Slot } from "../api/list-slots.ts";
import { WEEKDAYS } from "./weekdays.ts";

/** The week day by day, each with its slots. */
export function SlotWeek({ slots }: { slots: readonly Slot[] }) {
  const week = useRef<HTMLUListElement>(null);
  const change = useChangeSlots();
  const remove = (slot: Slot) => {
    // The pressed button goes: the focus moves to the next one.
    const buttons = [...(week.current?.querySelectorAll("button") ?? [])];
    const at = slots.indexOf(slot);
    (buttons[at + 1] ?? buttons[at - 1])?.focus();
    change.mutate({ removeId: slot.id });
  };
  return (
    <ul ref={week} aria-label="Your week" className="grid gap-2 sm:grid-cols-7">
      {WEEKDAYS.map((name, index) => {
        const own = slots.filter(({ weekday }) => weekday === index + 1);
        return (
          <li
            key={name}
            className="flex min-h-14 gap-3 rounded-xl bg-surface p-2.5 ring-1 ring-line max-sm:items-start sm:min-h-40 sm:flex-col sm:gap-2"
          >
            <h3 className="shrink-0 text-xs text-ink-soft max-sm:w-11 max-sm:pt-3 sm:text-center">
              <span aria-hidden>{name.slice(0, 3)}</span>
              <span className="sr-only">{name}</span>
            </h3>
            {own.length === 0 && (
              <p className="text-xs text-ink-faint max-sm:pt-3 sm:text-center">
                <span aria-hidden>–</span>
                <span className="sr-only">No slot</span>
              </p>
            )}
            {own.length > 0 && (
              <ul className="flex flex-wrap gap-1.5 sm:flex-col">
                {own.map((slot) => (
                  <SlotChip
                    key={slot.id}
                    slot={slot}
                    day={name}
                    onRemove={() => remove(slot)}
                  />
                ))}
              </ul>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function SlotChip({ slot, day, onRemove }: { slot: Slot; day: string; onRemove: () => void }) {
  const time = slot.local_time.slice(0, 5);
  const places = slot.platforms?.map((platform) => PLATFORM_NAMES[platform]).join(", ") ?? "All platforms";
  return (
    <li className="group flex items-center gap-1 rounded-lg bg-spark-soft/70 pl-2 ring-1 ring-line ring-inset max-sm:h-11">
      <span className="grid grow gap-0.5 py-1">
        <span className="tabular text-sm leading-4 font-[600]">{time}</span>
        {slot.platforms && (
          <span className="flex gap-0.5">
            {slot.platforms.map((platform) => (
              <PlatformMark key={platform} platform={platform} className="size-3.5" />
            ))}
          </span>
        )}
        <span className="sr-only">{places}</span>
      </span>
      <button
        type="button"
        onClick={onRemove}
        className={cn(
          "grid size-7 shrink-0 place-items-center rounded-md text-ink-faint hover:bg-danger-soft hover:text-danger",
          "max-sm:size-11",
        )}
      >
        <X aria-hidden className="size-3.5" />
        <span className="sr-only">Remove {day} at {time}</span>
      </button>
    </li>
  );
}

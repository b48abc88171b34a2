import { Check } from "lucide-react";

/** The tick of a choice that is drawn as a card: shown while the input of the `group` around it is checked. */
export function ChoiceTick() {
  return (
    <span
      aria-hidden
      className="grid size-5 shrink-0 place-items-center rounded-full ring-1 ring-line-strong ring-inset group-has-checked:bg-primary group-has-checked:text-on-primary group-has-checked:ring-primary"
    >
      <Check strokeWidth={3} className="size-3 opacity-0 group-has-checked:opacity-100" />
    </span>
  );
}

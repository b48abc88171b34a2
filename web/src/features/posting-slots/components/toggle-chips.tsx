import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";

interface ToggleChipsProps<T extends string> {
  label: string;
  value: readonly T[];
  options: readonly { value: T; label: ReactNode }[];
  onChange: (value: T[]) => void;
}

/** Any number of a few things; arrow keys move between them. */
export function ToggleChips<T extends string>({ label, value, options, onChange }: ToggleChipsProps<T>) {
  return (
    <ToggleGroup.Root
      type="multiple"
      aria-label={label}
      value={[...value]}
      onValueChange={(next) => onChange(next as T[])}
      className="flex flex-wrap gap-1.5"
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className="flex h-9 min-w-9 items-center justify-center gap-1.5 rounded-lg px-2.5 font-[550] text-ink-soft ring-1 ring-line-strong ring-inset transition-colors hover:bg-sunken hover:text-ink max-sm:h-11 max-sm:min-w-11 data-[state=on]:bg-primary data-[state=on]:text-on-primary data-[state=on]:ring-primary"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";

interface SegmentsProps<T extends string> {
  /** What is chosen here, for assistive technology. */
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: ReactNode; note?: ReactNode }[];
}

/** One choice out of a few, all in view. Scrolls sideways inside itself where the screen is narrow. */
export function Segments<T extends string>({ label, value, onChange, options }: SegmentsProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => next && onChange(next as T)}
      className="flex w-fit max-w-full gap-0.5 overflow-x-auto rounded-lg bg-sunken p-0.5 ring-1 ring-line ring-inset [scrollbar-width:none]"
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className="group flex h-8 shrink-0 max-sm:h-11 items-center gap-1.5 rounded-[7px] px-3 font-[550] text-ink-soft transition-colors hover:text-ink focus-visible:outline-offset-[-2px] data-[state=on]:bg-surface data-[state=on]:text-ink data-[state=on]:shadow-card data-[state=on]:ring-1 data-[state=on]:ring-line dark:data-[state=on]:bg-line-strong"
        >
          {option.label}
          {option.note !== undefined && (
            <span className="tabular text-xs font-normal text-ink-soft group-data-[state=on]:text-ink">
              {option.note}
            </span>
          )}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

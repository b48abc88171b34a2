import { Check } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "../../lib/cn.ts";

interface CheckboxProps extends Omit<ComponentProps<"input">, "type"> {
  label: ReactNode;
  description?: ReactNode;
}

export function Checkbox({ label, description, className, ...props }: CheckboxProps) {
  return (
    <label className={cn("flex items-start gap-2.5 py-0.5", className)}>
      <span className="relative mt-px grid size-[1.125rem] shrink-0 place-items-center">
        <input
          {...props}
          type="checkbox"
          className="peer size-full appearance-none rounded-[5px] bg-surface ring-1 ring-line-strong ring-inset checked:bg-primary checked:ring-primary disabled:opacity-50"
        />
        <Check
          aria-hidden
          strokeWidth={3}
          className="pointer-events-none absolute size-3 text-on-primary opacity-0 peer-checked:opacity-100"
        />
      </span>
      <span className="grid">
        {label}
        {description && <span className="text-xs text-ink-faint">{description}</span>}
      </span>
    </label>
  );
}

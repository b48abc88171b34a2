import type { ComponentProps } from "react";
import { cn } from "../../lib/cn.ts";

export const controlStyles =
  "w-full rounded-lg bg-surface px-3 text-ink ring-1 ring-line-strong ring-inset transition-shadow " +
  "focus:ring-2 focus:ring-ring focus:outline-none disabled:cursor-not-allowed disabled:bg-sunken " +
  "disabled:text-ink-faint aria-invalid:ring-danger max-sm:text-base";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input {...props} className={cn(controlStyles, "h-9 max-sm:h-11", className)} />;
}

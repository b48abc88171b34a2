import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "../../lib/cn.ts";

const badgeStyles = cva(
  "inline-flex items-center gap-1 rounded-md px-1.5 py-px text-xs font-[550] whitespace-nowrap [&_svg]:size-3",
  {
    variants: {
      tone: {
        neutral: "bg-sunken text-ink-soft",
        spark: "bg-spark text-on-spark",
        success: "bg-success-soft text-success",
        warning: "bg-warning-soft text-warning",
        danger: "bg-danger-soft text-danger",
        info: "bg-info-soft text-info",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

export function Badge(
  { tone, className, ...props }: ComponentProps<"span"> & VariantProps<typeof badgeStyles>,
) {
  return <span {...props} className={cn(badgeStyles({ tone }), className)} />;
}

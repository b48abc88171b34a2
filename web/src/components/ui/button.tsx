import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { Slot } from "radix-ui";
import { cn } from "../../lib/cn.ts";

export const buttonStyles = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-lg font-[550] whitespace-nowrap " +
    "transition-[background-color,color,box-shadow,opacity] duration-100 select-none " +
    "disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      look: {
        primary: "bg-primary text-on-primary hover:bg-primary-hover",
        secondary: "bg-surface text-ink shadow-card ring-1 ring-line-strong ring-inset hover:bg-sunken",
        quiet: "text-ink-soft hover:bg-sunken hover:text-ink",
        danger: "bg-danger text-white hover:bg-danger-hover dark:text-[oklch(0.2_0.04_25)]",
        "danger-quiet": "text-danger hover:bg-danger-soft",
        link: "text-link underline decoration-1 underline-offset-3 hover:decoration-2",
      },
      size: {
        sm: "h-8 px-2.5 text-xs max-sm:h-11 max-sm:px-3.5 max-sm:text-sm",
        md: "h-9 px-3.5 text-sm max-sm:h-11",
        lg: "h-11 px-5 text-base",
        icon: "size-9 max-sm:size-11",
        "icon-sm": "size-8 max-sm:size-11",
        inline: "h-auto p-0 text-[length:inherit]",
      },
      stretch: { true: "w-full" },
    },
    defaultVariants: { look: "secondary", size: "md" },
  },
);

interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonStyles> {
  /** Renders the child element (a link) with the looks of a button. */
  asChild?: boolean;
  /** Shows a spinner and ignores clicks; the label stays for screen readers. */
  isBusy?: boolean;
}

export function Button({ look, size, stretch, asChild, isBusy, className, children, ...props }: ButtonProps) {
  const classes = cn(buttonStyles({ look, size, stretch }), className);
  if (asChild) return <Slot.Root className={classes} {...props}>{children}</Slot.Root>;
  return (
    <button
      type="button"
      {...props}
      className={classes}
      disabled={props.disabled || isBusy}
      aria-busy={isBusy || undefined}
    >
      {isBusy && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </button>
  );
}

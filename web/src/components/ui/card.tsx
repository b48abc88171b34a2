import type { ComponentProps, ReactNode } from "react";
import { cn } from "../../lib/cn.ts";

export function Card({ className, ...props }: ComponentProps<"div">) {
  return <div {...props} className={cn("rounded-xl bg-surface shadow-card ring-1 ring-line", className)} />;
}

interface SectionProps {
  title: string;
  /** Shown beside the title, a number for instance. */
  note?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A named part of a page, a landmark for screen readers. */
export function Section({ title, note, description, actions, children }: SectionProps) {
  return (
    <section aria-label={title}>
      <header className="mb-3 flex min-h-9 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div>
          <h2 className="flex items-baseline gap-2 text-base">
            {title}
            {note !== undefined && <span className="tabular text-sm font-normal text-ink-faint">{note}</span>}
          </h2>
          {description && <p className="mt-0.5 text-ink-soft">{description}</p>}
        </div>
        {actions && <div className="flex items-center gap-2">{actions}</div>}
      </header>
      {children}
    </section>
  );
}

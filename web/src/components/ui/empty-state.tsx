import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "../../lib/cn.ts";

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  /** What belongs here and how it gets here. */
  children: ReactNode;
  action?: ReactNode;
  isCompact?: boolean;
  /** `h1` where this is all the page has to say. */
  heading?: "h1" | "h3";
}

export function EmptyState(props: EmptyStateProps) {
  const { icon: Icon, title, children, action, isCompact, heading: Heading = "h3" } = props;
  return (
    <div
      className={cn(
        "grid justify-items-center rounded-xl border border-dashed border-line-strong px-6 text-center",
        isCompact ? "py-7" : "py-14",
      )}
    >
      <span className="mb-3 grid size-10 place-items-center rounded-full bg-spark-soft text-ink">
        <Icon aria-hidden className="size-5" />
      </span>
      <Heading className="text-sm">{title}</Heading>
      <div className="mt-1 max-w-md text-ink-soft">{children}</div>
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}

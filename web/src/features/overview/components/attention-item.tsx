import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "../../../lib/cn.ts";

const TONES = {
  normal: "bg-spark-soft text-ink",
  info: "bg-info-soft text-info",
  warning: "bg-warning-soft text-warning",
  danger: "bg-danger-soft text-danger",
};

interface AttentionItemProps {
  icon: LucideIcon;
  tone?: keyof typeof TONES;
  title: ReactNode;
  children?: ReactNode;
  action: ReactNode;
}

/** Something that waits for its user, with the way to deal with it. */
export function AttentionItem({ icon: Icon, tone = "normal", title, children, action }: AttentionItemProps) {
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-2.5 px-4 py-3.5 sm:grid-cols-[auto_minmax(0,1fr)_auto]">
      <span className={cn("grid size-9 shrink-0 place-items-center rounded-full", TONES[tone])}>
        <Icon aria-hidden className="size-4.5" />
      </span>
      <div className="min-w-0">
        <p className="font-[570]">{title}</p>
        {children && <div className="text-ink-soft">{children}</div>}
      </div>
      {action && <div className="max-sm:col-start-2">{action}</div>}
    </li>
  );
}

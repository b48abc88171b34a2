import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "../../lib/cn.ts";

const TONES = {
  info: { box: "bg-info-soft", icon: "text-info", Icon: Info },
  success: { box: "bg-success-soft", icon: "text-success", Icon: CircleCheck },
  warning: { box: "bg-warning-soft", icon: "text-warning", Icon: TriangleAlert },
  danger: { box: "bg-danger-soft", icon: "text-danger", Icon: CircleAlert },
};

interface NoticeProps {
  tone: keyof typeof TONES;
  title?: string;
  action?: ReactNode;
  /** Announced at once when it appears. */
  isUrgent?: boolean;
  children?: ReactNode;
}

/** A message that stays on the page, with colour, symbol and words. */
export function Notice({ tone, title, action, isUrgent, children }: NoticeProps) {
  const { box, icon, Icon } = TONES[tone];
  return (
    <div role={isUrgent ? "alert" : undefined} className={cn("flex gap-3 rounded-xl px-4 py-3", box)}>
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", icon)} />
      <div className="flex min-w-0 grow flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          {title && <p className="font-[600]">{title}</p>}
          {children && <div className="text-ink-soft">{children}</div>}
        </div>
        {action}
      </div>
    </div>
  );
}

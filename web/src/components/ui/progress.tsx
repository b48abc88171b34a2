import { cn } from "../../lib/cn.ts";

interface ProgressProps {
  /** What is progressing, for assistive technology. */
  label: string;
  /** 0 to 1; null when nobody knows. */
  value: number | null;
  tone?: "normal" | "muted" | "warning" | "danger";
  className?: string;
}

const TONES = { normal: "bg-progress", muted: "bg-ink-faint", warning: "bg-warning", danger: "bg-danger" };

export function Progress({ label, value, tone = "normal", className }: ProgressProps) {
  const percent = value === null ? null : Math.min(100, Math.max(0, value * 100));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent === null ? undefined : Math.floor(percent)}
      className={cn("h-1.5 w-full overflow-hidden rounded-full bg-line", className)}
    >
      <div
        className={cn(
          "h-full rounded-full",
          TONES[tone],
          percent === null ? "w-2/5 animate-sweep" : "transition-[width] duration-500 ease-out",
        )}
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}

import { cn } from "../../../lib/cn.ts";
import { PROGRESS_STEPS } from "../rules/progress-steps.ts";

/** How far a post is on its way, step by step. */
export function TargetProgress({ step, name }: { step: number; name: string }) {
  return (
    <div
      role="progressbar"
      aria-label={`Progress of ${name}`}
      aria-valuemin={1}
      aria-valuemax={PROGRESS_STEPS.length}
      aria-valuenow={step + 1}
      aria-valuetext={`Step ${step + 1} of ${PROGRESS_STEPS.length}: ${PROGRESS_STEPS[step]}`}
      className="mt-2 grid max-w-96 grid-cols-5 gap-1"
    >
      {PROGRESS_STEPS.map((label, index) => (
        <span key={label} className="grid gap-1">
          <span
            className={cn(
              "h-1 rounded-full",
              index < step ? "bg-progress" : index === step ? "animate-pulse bg-progress" : "bg-line",
            )}
          />
          <span
            className={cn("text-2xs", index === step ? "font-[570] text-ink" : "text-ink-faint")}
          >
            {label}
          </span>
        </span>
      ))}
    </div>
  );
}

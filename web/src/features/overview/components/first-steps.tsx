import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../../../components/ui/card.tsx";
import { cn } from "../../../lib/cn.ts";

export interface FirstStep {
  title: string;
  text: string;
  isDone: boolean;
  action: ReactNode;
}

/** The way from an empty account to the first task; the first open step carries its button. */
export function FirstSteps({ steps }: { steps: readonly FirstStep[] }) {
  const next = steps.findIndex((step) => !step.isDone);
  return (
    <Card className="overflow-hidden">
      <ol aria-label="First steps" className="divide-y">
        {steps.map((step, index) => (
          <li
            key={step.title}
            className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-3 px-4 py-4 sm:grid-cols-[auto_minmax(0,1fr)_auto] sm:px-5"
          >
            <span
              className={cn(
                "tabular grid size-8 shrink-0 place-items-center rounded-full text-sm font-[620]",
                step.isDone
                  ? "bg-success-soft text-success"
                  : index === next
                  ? "bg-spark text-on-spark"
                  : "bg-sunken text-ink-faint",
              )}
            >
              {step.isDone ? <Check aria-hidden className="size-4" strokeWidth={3} /> : index + 1}
            </span>
            <div className="min-w-0">
              <h3 className="text-sm">
                {step.title}
                {step.isDone && <span className="sr-only">{" "}(done)</span>}
              </h3>
              <p className="text-ink-soft">{step.text}</p>
            </div>
            {index === next && step.action && <div className="max-sm:col-start-2">{step.action}</div>}
          </li>
        ))}
      </ol>
    </Card>
  );
}

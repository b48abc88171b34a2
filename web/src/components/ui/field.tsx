import { type ReactNode, useId } from "react";
import { cn } from "../../lib/cn.ts";

interface ControlProps {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string;
  isOptional?: boolean;
  /** Something small at the right end of the label's line. */
  aside?: ReactNode;
  className?: string;
  children: (control: ControlProps) => ReactNode;
}

/** A labelled control with its hint and error, tied together for assistive technology. */
export function Field({ label, hint, error, isOptional, aside, className, children }: FieldProps) {
  const id = useId();
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return (
    <div className={cn("grid content-start gap-1.5", className)}>
      <div className="flex items-baseline justify-between gap-2">
        <label htmlFor={id} className="font-[550]">
          {label}
          {isOptional && <span className="font-normal text-ink-faint">{" "}(optional)</span>}
        </label>
        {aside}
      </div>
      {children({
        id,
        "aria-describedby": describedBy || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {error && <p id={`${id}-error`} role="alert" className="text-xs text-danger">{error}</p>}
      {hint && <div id={`${id}-hint`} className="text-xs text-ink-faint">{hint}</div>}
    </div>
  );
}

import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { toInstant, toLocal } from "../../../lib/zoned-time.ts";
import type { PostDraft } from "../rules/post-draft.ts";
import { describeLocalTime } from "../rules/describe-local-time.ts";

interface TimeFieldProps {
  label: string;
  draft: PostDraft;
  value: string;
  error?: string;
  onChange: (localTime: string) => void;
}

/** A day and time in the draft's zone; says at once when clocks skip it or show it twice. */
export function TimeField({ label, draft, value, error, onChange }: TimeFieldProps) {
  const { timeZone } = draft;
  const isGap = value !== "" && toInstant(value, timeZone).kind === "never";
  const gap = "This time does not exist: clocks are set forward over it that night. Choose another one.";
  return (
    <Field
      label={label}
      error={error ?? (isGap ? gap : undefined)}
      hint={<span aria-live="polite">{describeLocalTime(value, timeZone)}</span>}
    >
      {(field) => (
        <Input
          {...field}
          type="datetime-local"
          min={toLocal(new Date(), timeZone)}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

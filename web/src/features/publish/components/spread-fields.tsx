import { Link } from "@tanstack/react-router";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Segments } from "../../../components/ui/segments.tsx";
import { Select } from "../../../components/ui/select.tsx";
import { toLocal } from "../../../lib/zoned-time.ts";
import { type SpreadDraft, type SpreadProblems, type StepUnit } from "../rules/bulk-draft.ts";
import { describeLocalTime } from "../rules/describe-local-time.ts";

interface SpreadFieldsProps {
  spread: SpreadDraft;
  problems: SpreadProblems;
  onChange: (change: Partial<SpreadDraft>) => void;
}

/** How many videos are spread over time. */
export function SpreadFields({ spread, problems, onChange }: SpreadFieldsProps) {
  return (
    <div className="grid gap-3">
      <div>
        <p className="mb-1.5 font-[550]">When</p>
        <Segments
          label="When"
          value={spread.kind}
          onChange={(kind) => onChange({ kind })}
          options={[
            { value: "now", label: "All now" },
            { value: "slots", label: "In my slots" },
            { value: "every", label: "One every…" },
          ]}
        />
      </div>
      {spread.kind === "slots" && (
        <p className="text-xs text-ink-faint">
          Each account takes its next free{" "}
          <Link to="/settings/slots" className="text-link underline">posting slots</Link>, one video in each.
        </p>
      )}
      {spread.kind === "every" && (
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field label="One video every" error={problems.amount}>
            {(field) => (
              <span className="flex gap-2">
                <Input
                  {...field}
                  type="number"
                  inputMode="numeric"
                  min={1}
                  step={1}
                  className="w-20"
                  value={spread.amount}
                  onChange={(event) => onChange({ amount: event.target.value })}
                />
                <Select
                  aria-label="Unit"
                  className="grow"
                  value={spread.unit}
                  onChange={(event) => onChange({ unit: event.target.value as StepUnit })}
                >
                  <option value="minutes">minutes</option>
                  <option value="hours">hours</option>
                  <option value="days">days</option>
                </Select>
              </span>
            )}
          </Field>
          <Field
            label="The first one"
            error={problems.localTime}
            hint={<span aria-live="polite">{describeLocalTime(spread.localTime, spread.timeZone)}</span>}
          >
            {(field) => (
              <Input
                {...field}
                type="datetime-local"
                min={toLocal(new Date(), spread.timeZone)}
                value={spread.localTime}
                onChange={(event) => onChange({ localTime: event.target.value })}
              />
            )}
          </Field>
        </div>
      )}
    </div>
  );
}

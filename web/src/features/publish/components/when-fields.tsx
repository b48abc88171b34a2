import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { Field } from "../../../components/ui/field.tsx";
import { Segments } from "../../../components/ui/segments.tsx";
import { Select } from "../../../components/ui/select.tsx";
import { AccountTimes } from "./account-times.tsx";
import type { DraftFieldsProps } from "./draft-fields-props.ts";
import { TimeField } from "./time-field.tsx";

const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

/** Now, or at a time: one for all accounts, or one for each. */
export function WhenFields(props: DraftFieldsProps & { accounts: readonly PublishConnection[] }) {
  const { draft, problems, onChange } = props;
  const zones = ZONES.includes(draft.timeZone) ? ZONES : [draft.timeZone, ...ZONES];
  return (
    <div className="grid gap-3">
      <div>
        <p className="mb-1.5 font-[550]">When</p>
        <Segments
          label="When"
          value={draft.when}
          onChange={(when) => onChange({ when })}
          options={[{ value: "now", label: "Now" }, { value: "later", label: "At a time" }]}
        />
      </div>
      {draft.when === "later" && (
        <div className="grid items-start gap-4 sm:grid-cols-2">
          {draft.ownTimes === null && (
            <TimeField
              label="Day and time"
              draft={draft}
              value={draft.localTime}
              error={problems.localTime}
              onChange={(localTime) => onChange({ localTime })}
            />
          )}
          <Field label="Time zone">
            {(field) => (
              <Select
                {...field}
                value={draft.timeZone}
                onChange={(event) => onChange({ timeZone: event.target.value })}
              >
                {zones.map((zone) => <option key={zone} value={zone}>{zone.replaceAll("_", " ")}</option>)}
              </Select>
            )}
          </Field>
          <AccountTimes {...props} />
        </div>
      )}
    </div>
  );
}

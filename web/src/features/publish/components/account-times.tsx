import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { Checkbox } from "../../../components/ui/checkbox.tsx";
import { nameAccount } from "../../../lib/name-account.ts";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import type { DraftFieldsProps } from "./draft-fields-props.ts";
import { TimeField } from "./time-field.tsx";

/** A time for each account of a post, where they do not share one. */
export function AccountTimes(
  { draft, problems, onChange, accounts }: DraftFieldsProps & { accounts: readonly PublishConnection[] },
) {
  const { ownTimes } = draft;
  const toggle = (isApart: boolean) =>
    onChange({
      ownTimes: isApart ? Object.fromEntries(accounts.map(({ id }) => [id, draft.localTime])) : null,
    });
  return (
    <>
      {accounts.length > 1 && (
        <Checkbox
          label="A different time for each account"
          className="sm:col-span-2"
          checked={ownTimes !== null}
          onChange={(event) => toggle(event.target.checked)}
        />
      )}
      {ownTimes !== null && accounts.map((account) => (
        <TimeField
          key={account.id}
          label={`${nameAccount(account)} on ${PLATFORM_NAMES[account.platform]}`}
          draft={draft}
          value={ownTimes[account.id] ?? draft.localTime}
          error={problems[`localTime.${account.id}`]}
          onChange={(time) => onChange({ ownTimes: { ...ownTimes, [account.id]: time } })}
        />
      ))}
    </>
  );
}

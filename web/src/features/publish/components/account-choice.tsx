import { Link } from "@tanstack/react-router";
import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { AccountPicture } from "../../../components/account-picture.tsx";
import { ChoiceTick } from "../../../components/ui/choice-tick.tsx";
import { nameAccount } from "../../../lib/name-account.ts";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import { canPostTo } from "../rules/can-post-to.ts";

interface AccountChoiceProps {
  accounts: readonly PublishConnection[];
  chosen: readonly string[];
  /** Shows them only. */
  isFixed: boolean;
  error?: string;
  onChange: (ids: string[]) => void;
}

/** Which accounts a post goes to. */
export function AccountChoice({ accounts, chosen, isFixed, error, onChange }: AccountChoiceProps) {
  const toggle = (id: string) =>
    onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  return (
    <fieldset aria-describedby={error && "account-choice-error"}>
      <legend className="mb-1.5 font-[550]">Post to</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {accounts.filter(({ id }) => !isFixed || chosen.includes(id)).map((account) => {
          const isReady = canPostTo(account);
          const isChosen = chosen.includes(account.id);
          return (
            <label
              key={account.id}
              className="group flex items-center gap-3.5 rounded-xl px-3 py-2.5 ring-1 ring-line-strong transition-shadow ring-inset has-checked:bg-spark-soft/60 has-checked:ring-2 has-checked:ring-progress has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring not-has-checked:has-disabled:opacity-60"
            >
              <input
                type="checkbox"
                className="sr-only"
                aria-invalid={error ? true : undefined}
                checked={isChosen}
                disabled={isFixed || (!isReady && !isChosen)}
                onChange={() => toggle(account.id)}
              />
              <AccountPicture account={account} />
              <span className="grid min-w-0 grow leading-5">
                <span className="truncate font-[570]">{nameAccount(account)}</span>
                <span className="truncate text-xs text-ink-faint">
                  {isReady ? PLATFORM_NAMES[account.platform] : "Reconnect it first"}
                </span>
              </span>
              <ChoiceTick />
            </label>
          );
        })}
      </div>
      {error && <p id="account-choice-error" role="alert" className="mt-1.5 text-xs text-danger">{error}</p>}
      {!isFixed && !accounts.every(canPostTo) && (
        <p className="mt-1.5 text-xs text-ink-faint">
          An account that wants you to sign in again is reconnected under{" "}
          <Link to="/settings/accounts" className="text-link underline">Accounts</Link>.
        </p>
      )}
    </fieldset>
  );
}

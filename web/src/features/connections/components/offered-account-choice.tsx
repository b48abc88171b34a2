import type { OfferedAccounts } from "../../../../../supabase/functions/_shared/contracts/publish-connections.ts";
import { PlatformMark } from "../../../components/platform-mark.tsx";
import { ChoiceTick } from "../../../components/ui/choice-tick.tsx";
import { Notice } from "../../../components/ui/notice.tsx";

interface OfferedAccountChoiceProps {
  formId: string;
  accounts: OfferedAccounts["accounts"];
  chosen: string | null;
  error?: string;
  onChoose: (id: string) => void;
  onSubmit: (id: string) => void;
}

/** Which of the TikTok accounts at Blotato is to be connected. */
export function OfferedAccountChoice(props: OfferedAccountChoiceProps) {
  const { formId, accounts, chosen, error, onChoose, onSubmit } = props;
  return (
    <form
      id={formId}
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== null) onSubmit(chosen);
      }}
    >
      {error && <Notice tone="danger" isUrgent>{error}</Notice>}
      <fieldset>
        <legend className="sr-only">TikTok account</legend>
        <div className="grid gap-2">
          {accounts.map(({ id, name, handle }) => (
            <label
              key={id}
              className="group flex min-h-14 items-center gap-3.5 rounded-xl px-3 py-2.5 ring-1 ring-line-strong transition-shadow ring-inset has-checked:bg-spark-soft/60 has-checked:ring-2 has-checked:ring-progress has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring"
            >
              <input
                type="radio"
                name="account"
                className="sr-only"
                autoFocus={chosen === id}
                checked={chosen === id}
                onChange={() => onChoose(id)}
              />
              <PlatformMark platform="tiktok" />
              <span className="grid min-w-0 grow leading-5">
                <span className="truncate font-[570]">{name ?? handle ?? `Account ${id}`}</span>
                {handle && name && (
                  <span className="truncate text-xs text-ink-faint">@{handle.replace(/^@/, "")}</span>
                )}
              </span>
              <ChoiceTick />
            </label>
          ))}
        </div>
      </fieldset>
    </form>
  );
}

import { useQueries } from "@tanstack/react-query";
import { useEffect } from "react";
import type { PublishConnection } from "../../../../../../supabase/functions/_shared/contracts/publish.ts";
import { Checkbox } from "../../../../components/ui/checkbox.tsx";
import { creatorInfoOptions } from "../../api/creator-info.ts";
import { mergeCreators } from "../../rules/merge-creators.ts";
import type { TiktokChoice } from "../../rules/tiktok-choice.ts";
import type { DraftFieldsProps } from "../draft-fields-props.ts";
import { TiktokAccount } from "./tiktok-account.tsx";
import { TiktokConsent } from "./tiktok-consent.tsx";
import { TiktokDisclosure } from "./tiktok-disclosure.tsx";
import { TiktokInteractions } from "./tiktok-interactions.tsx";
import { TiktokPrivacyField } from "./tiktok-privacy-field.tsx";

interface TiktokFieldsProps extends DraftFieldsProps {
  accounts: readonly PublishConnection[];
  /** Of the video; null while it is not known. */
  durationSeconds: number | null;
}

/**
 * What TikTok wants a person to choose for themselves, with what their accounts offer at the moment (rule: TikTok for
 * Developers, Content Sharing Guidelines). Through Blotato nobody says what an account offers.
 */
export function TiktokFields({ draft, problems, onChange, accounts, durationSeconds }: TiktokFieldsProps) {
  const direct = accounts.filter(({ platform, route }) => platform === "tiktok" && route === "tiktok");
  const answers = useQueries({ queries: direct.map(({ id }) => creatorInfoOptions(id)) });
  const offered = mergeCreators(answers.flatMap(({ data }) => data ?? []));
  const isAsking = answers.some(({ isPending }) => isPending);
  const choice = draft.tiktok;
  const set = (part: Partial<TiktokChoice>) => onChange({ tiktok: { ...choice, ...part } });

  const isGone = !isAsking && choice.privacy !== null && !offered.privacies.includes(choice.privacy);
  useEffect(() => {
    // Another account was chosen, or its settings have changed: who may see it is asked anew.
    if (isGone) set({ privacy: null });
  }, [isGone]);

  return (
    <div className="grid gap-5 sm:col-span-2">
      {direct.length > 0 && (
        <ul aria-label="TikTok accounts this goes to" className="grid gap-3">
          {direct.map((account, index) => (
            <TiktokAccount
              key={account.id}
              account={account}
              durationSeconds={durationSeconds}
              creator={answers[index]?.data}
              error={answers[index]?.error ?? null}
            />
          ))}
        </ul>
      )}
      <TiktokPrivacyField
        choice={choice}
        privacies={offered.privacies}
        isAsking={isAsking}
        error={problems["tiktok.privacy"]}
        onChange={(privacy) => set({ privacy })}
      />
      <TiktokInteractions choice={choice} offered={offered} onChange={set} />
      <TiktokDisclosure choice={choice} error={problems["tiktok.disclosure"]} onChange={set} />
      <Checkbox
        label="AI-generated content"
        description="Pictures or voices that were made or changed by AI to look real. TikTok labels the video."
        checked={choice.isAiGenerated}
        onChange={(event) => set({ isAiGenerated: event.target.checked })}
      />
      <TiktokConsent choice={choice} />
    </div>
  );
}

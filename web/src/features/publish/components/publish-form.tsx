import { type RefObject } from "react";
import { flushSync } from "react-dom";
import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import type { DraftProblems } from "../rules/check-draft.ts";
import type { SendFailure } from "../rules/describe-send-failure.ts";
import type { PostDraft } from "../rules/post-draft.ts";
import { AccountChoice } from "./account-choice.tsx";
import { InstagramFields } from "./instagram-fields.tsx";
import { PlatformFields } from "./platform-fields.tsx";
import { SendFailureNotice } from "./send-failure-notice.tsx";
import { TextFields } from "./text-fields.tsx";
import { WhenFields } from "./when-fields.tsx";
import { YoutubeFields } from "./youtube-fields.tsx";

interface PublishFormProps {
  id: string;
  formRef: RefObject<HTMLFormElement | null>;
  accounts: readonly PublishConnection[];
  chosen: readonly PublishConnection[];
  videoId: string | null;
  /** The accounts are not to choose any more. */
  isFixed: boolean;
  draft: PostDraft;
  problems: DraftProblems;
  /** Why the server did not take it. */
  failure: SendFailure | null;
  isBusy: boolean;
  onChange: (change: Partial<PostDraft>) => void;
  onSubmit: () => void;
  onPostAgain: () => void;
}

const PLATFORMS = Object.keys(PLATFORM_NAMES) as (keyof typeof PLATFORM_NAMES)[];

/** Where, what and when: everything a post needs. */
export function PublishForm(props: PublishFormProps) {
  const { accounts, chosen, draft, problems, failure, onChange } = props;
  const platforms = PLATFORMS.filter((each) => chosen.some(({ platform }) => platform === each));
  // Asked about at once for all that can be chosen: the file is read once for all of them.
  const asked = PLATFORMS.filter((each) => accounts.some(({ platform }) => platform === each));
  const fields = { draft, problems, onChange };
  return (
    <form
      id={props.id}
      ref={props.formRef}
      noValidate
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      <AccountChoice
        accounts={accounts}
        chosen={draft.connectionIds}
        isFixed={props.isFixed}
        error={problems.accounts}
        onChange={(connectionIds) => onChange({ connectionIds })}
      />
      <TextFields {...fields} platforms={platforms} />
      {platforms.map((platform) => (
        <PlatformFields
          key={platform}
          {...fields}
          platform={platform}
          videoId={props.videoId}
          platforms={asked}
        >
          {platform === "youtube" && <YoutubeFields {...fields} />}
          {platform === "instagram" && <InstagramFields {...fields} />}
        </PlatformFields>
      ))}
      <WhenFields {...fields} accounts={chosen} />
      {failure && (
        <SendFailureNotice
          failure={failure}
          timeZone={draft.timeZone}
          isBusy={props.isBusy}
          onPostAgain={props.onPostAgain}
          onTakeTime={(localTime) => {
            // The pressed button goes: the focus moves to what it has filled in.
            flushSync(() => onChange({ when: "later", localTime, ownTimes: null }));
            props.formRef.current?.querySelector<HTMLElement>("[type=datetime-local]")?.focus();
          }}
        />
      )}
    </form>
  );
}

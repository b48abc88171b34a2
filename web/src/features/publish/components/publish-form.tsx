import { useQuery } from "@tanstack/react-query";
import { type RefObject } from "react";
import { flushSync } from "react-dom";
import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import { formatCheckOptions } from "../api/check-format.ts";
import type { DraftProblems } from "../rules/check-draft.ts";
import type { SendFailure } from "../rules/describe-send-failure.ts";
import { insertText } from "../rules/insert-text.ts";
import type { PostDraft } from "../rules/post-draft.ts";
import { findPages } from "../rules/find-page.ts";
import { AccountChoice } from "./account-choice.tsx";
import { AlsoOnFacebook } from "./also-on-facebook.tsx";
import { CoverFields } from "./cover/cover-fields.tsx";
import { PlatformFields } from "./platform-fields.tsx";
import { PlatformOptionFields } from "./platform-option-fields.tsx";
import type { RenderTemplates } from "./render-templates.ts";
import { SendFailureNotice } from "./send-failure-notice.tsx";
import { TextFields } from "./text-fields.tsx";
import { WhenFields } from "./when-fields.tsx";

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
  renderTemplates?: RenderTemplates;
}

const PLATFORMS = Object.keys(PLATFORM_NAMES) as (keyof typeof PLATFORM_NAMES)[];

/** Where, what and when: everything a post needs. */
export function PublishForm(props: PublishFormProps) {
  const { accounts, chosen, draft, problems, failure, onChange } = props;
  const platforms = PLATFORMS.filter((each) => chosen.some(({ platform }) => platform === each));
  // Asked about at once for all that can be chosen: the file is read once for all of them.
  const asked = PLATFORMS.filter((each) => accounts.some(({ platform }) => platform === each));
  const { data: file } = useQuery(formatCheckOptions(props.videoId ?? "", props.videoId ? asked : []));
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
      <TextFields
        {...fields}
        platforms={platforms}
        templates={props.renderTemplates?.((text) => onChange(insertText(draft, text)))}
      />
      {props.videoId && platforms.length > 0 && (
        <CoverFields draft={draft} videoId={props.videoId} platforms={platforms} onChange={onChange} />
      )}
      {platforms.map((platform) => (
        <PlatformFields
          key={platform}
          {...fields}
          platform={platform}
          videoId={props.videoId}
          platforms={asked}
        >
          <PlatformOptionFields
            {...fields}
            platform={platform}
            accounts={chosen}
            durationSeconds={file?.format.duration_seconds ?? null}
          />
          {platform === "instagram" && !props.isFixed && (
            <AlsoOnFacebook
              pages={findPages(chosen, accounts)}
              chosen={draft.connectionIds}
              onChange={(connectionIds) => onChange({ connectionIds })}
            />
          )}
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

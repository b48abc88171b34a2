import { useId } from "react";
import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog } from "../../../components/ui/dialog.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { count } from "../../../lib/count.ts";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import type { CaptionedVideo } from "../api/caption-facts.ts";
import { insertText } from "../rules/insert-text.ts";
import { AccountChoice } from "./account-choice.tsx";
import { BulkPlan } from "./bulk-plan.tsx";
import { BulkTextPreview } from "./bulk-text-preview.tsx";
import { NoAccounts } from "./no-accounts.tsx";
import { PlatformFields } from "./platform-fields.tsx";
import { PlatformOptionFields } from "./platform-option-fields.tsx";
import type { RenderTemplates } from "./render-templates.ts";
import { SpreadFields } from "./spread-fields.tsx";
import { TextFields } from "./text-fields.tsx";
import { useBulkForm } from "./use-bulk-form.ts";

interface BulkDialogProps {
  videos: readonly CaptionedVideo[];
  /** Every account of the user. */
  accounts: readonly PublishConnection[];
  timeZone: string;
  renderTemplates: RenderTemplates;
  onSent: (bulkId: string) => void;
  onClose: () => void;
}

const PLATFORMS = Object.keys(PLATFORM_NAMES) as (keyof typeof PLATFORM_NAMES)[];

/** Publishes many videos with one text: where, what, and how they are spread over time. */
export function BulkDialog(
  { videos, timeZone, renderTemplates, onSent, onClose, ...props }: BulkDialogProps,
) {
  const formId = useId();
  const accounts = props.accounts.filter(({ status }) => status !== "disconnected");
  const form = useBulkForm({ videoIds: videos.map(({ id }) => id), accounts, timeZone, onSent });
  const { draft, problems, chosen, failure, onChange } = form;
  const fields = { draft, problems, onChange };
  const platforms = PLATFORMS.filter((each) => chosen.some(({ platform }) => platform === each));
  const name = count(videos.length, "video");
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      width="lg"
      title={`Publish ${name}`}
      description="Every one of them to the same accounts, each with its own words."
      footer={accounts.length > 0 && (
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={formId} isBusy={form.isBusy}>
            {form.spread.kind === "now" ? `Publish ${name} now` : `Schedule ${name}`}
          </Button>
        </>
      )}
    >
      {accounts.length === 0 && <NoAccounts />}
      {accounts.length > 0 && (
        <form
          id={formId}
          ref={form.formRef}
          noValidate
          className="grid gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            form.onSubmit();
          }}
        >
          <AccountChoice
            accounts={accounts}
            chosen={draft.connectionIds}
            isFixed={false}
            error={problems.accounts}
            onChange={(connectionIds) => onChange({ connectionIds })}
          />
          <TextFields
            {...fields}
            platforms={platforms}
            templates={renderTemplates((text) => onChange(insertText(draft, text)))}
            placeholder="My review of the {title}: {link}"
          />
          <p className="-mt-3 text-xs text-ink-faint">
            {"{title}, {video_title}, {brand}, {asin}, {price} and {link} become what is known of each video's product."}
          </p>
          {platforms.map((platform) => (
            <PlatformFields
              key={platform}
              {...fields}
              platform={platform}
              videoId={null}
              platforms={platforms}
            >
              <PlatformOptionFields {...fields} platform={platform} accounts={chosen} />
            </PlatformFields>
          ))}
          <BulkTextPreview videos={videos} platforms={platforms} draft={draft} />
          <SpreadFields
            spread={form.spread}
            problems={form.spreadProblems}
            onChange={form.onChangeSpread}
          />
          <BulkPlan videos={videos} accounts={chosen} spread={form.spread} />
          {failure && <Notice tone="danger" isUrgent title={failure.title}>{failure.message}</Notice>}
        </form>
      )}
    </Dialog>
  );
}

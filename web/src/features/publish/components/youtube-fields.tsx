import { Checkbox } from "../../../components/ui/checkbox.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Select } from "../../../components/ui/select.tsx";
import { cn } from "../../../lib/cn.ts";
import type { PostDraft } from "../rules/post-draft.ts";
import { countCharacters, YOUTUBE_TITLE_MAX } from "../rules/text-limits.ts";
import type { DraftFieldsProps } from "./draft-fields-props.ts";

/** Title, who may see it and for whom it is made. */
export function YoutubeFields({ draft, problems, onChange }: DraftFieldsProps) {
  const used = countCharacters(draft.title);
  return (
    <>
      <Field
        label="Title"
        error={problems.title}
        className="sm:col-span-2"
        aside={
          <span
            className={cn(
              "tabular text-xs text-ink-faint",
              used > YOUTUBE_TITLE_MAX && "font-[600] text-danger",
            )}
          >
            {used} / {YOUTUBE_TITLE_MAX} characters
          </span>
        }
      >
        {(field) => (
          <Input
            {...field}
            value={draft.title}
            aria-required
            onChange={(event) => onChange({ title: event.target.value })}
          />
        )}
      </Field>
      <Field label="Who can see it">
        {(field) => (
          <Select
            {...field}
            value={draft.privacy}
            onChange={(event) => onChange({ privacy: event.target.value as PostDraft["privacy"] })}
          >
            <option value="public">Public: everybody</option>
            <option value="unlisted">Unlisted: who has the link</option>
            <option value="private">Private: only you</option>
          </Select>
        )}
      </Field>
      <Checkbox
        label="Made for kids"
        description="YouTube then turns off comments and personal ads."
        className="self-end sm:pb-0.5"
        checked={draft.madeForKids}
        onChange={(event) => onChange({ madeForKids: event.target.checked })}
      />
    </>
  );
}

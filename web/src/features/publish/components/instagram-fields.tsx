import { Checkbox } from "../../../components/ui/checkbox.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Textarea } from "../../../components/ui/textarea.tsx";
import { cn } from "../../../lib/cn.ts";
import { countCharacters, FIRST_COMMENT_MAX } from "../rules/text-limits.ts";
import type { DraftFieldsProps } from "./draft-fields-props.ts";

/** Where on Instagram the reel is shown, and what its account says below it. */
export function InstagramFields({ draft, problems, onChange }: DraftFieldsProps) {
  const used = countCharacters(draft.firstComment.trim());
  return (
    <>
      <Checkbox
        label="Share to feed"
        description="Followers see it in their feed too, not under Reels alone."
        className="sm:col-span-2"
        checked={draft.sharesToFeed}
        onChange={(event) => onChange({ sharesToFeed: event.target.checked })}
      />
      <Field
        label="First comment"
        isOptional
        error={problems.firstComment}
        className="sm:col-span-2"
        hint="Written below the Reel from your account as soon as it is there."
        aside={used > 0 && (
          <span
            className={cn(
              "tabular text-xs text-ink-faint",
              used > FIRST_COMMENT_MAX && "font-[600] text-danger",
            )}
          >
            {used.toLocaleString("en")} / {FIRST_COMMENT_MAX.toLocaleString("en")} characters
          </span>
        )}
      >
        {(field) => (
          <Textarea
            {...field}
            rows={2}
            value={draft.firstComment}
            placeholder="More hashtags, or where to find it"
            onChange={(event) => onChange({ firstComment: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

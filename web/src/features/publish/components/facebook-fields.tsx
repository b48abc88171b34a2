import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { cn } from "../../../lib/cn.ts";
import { countCharacters, FACEBOOK_TITLE_MAX } from "../rules/text-limits.ts";
import type { DraftFieldsProps } from "./draft-fields-props.ts";

/** What a Reel on a Facebook Page is called; Reels of a Page are public, so there is no more to choose. */
export function FacebookFields({ draft, problems, onChange }: DraftFieldsProps) {
  const used = countCharacters(draft.facebookTitle.trim());
  return (
    <Field
      label="Reel title"
      isOptional
      error={problems.facebookTitle}
      className="sm:col-span-2"
      hint="Reels on a Page are public: everybody sees them."
      aside={used > 0 && (
        <span
          className={cn(
            "tabular text-xs text-ink-faint",
            used > FACEBOOK_TITLE_MAX && "font-[600] text-danger",
          )}
        >
          {used} / {FACEBOOK_TITLE_MAX} characters
        </span>
      )}
    >
      {(field) => (
        <Input
          {...field}
          value={draft.facebookTitle}
          onChange={(event) => onChange({ facebookTitle: event.target.value })}
        />
      )}
    </Field>
  );
}

import type { ReactNode } from "react";
import type { Platform } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Textarea } from "../../../components/ui/textarea.tsx";
import { composeText, parseHashtags } from "../rules/compose-text.ts";
import type { DraftFieldsProps } from "./draft-fields-props.ts";
import { TextCounters } from "./text-counters.tsx";

interface TextFieldsProps extends DraftFieldsProps {
  platforms: readonly Platform[];
  /** Where a caption template is chosen. */
  templates?: ReactNode;
  placeholder?: string;
}

/** What is said about the video, everywhere it goes. */
export function TextFields(
  { draft, problems, onChange, platforms, templates, placeholder }: TextFieldsProps,
) {
  const hashtags = parseHashtags(draft.hashtags);
  const counted = platforms.filter((platform) => !draft.ownTexts[platform]);
  return (
    <>
      <Field
        label="Caption"
        error={problems.caption}
        aside={templates}
        hint={<TextCounters platforms={counted} text={composeText(draft.caption, hashtags)} />}
      >
        {(field) => (
          <Textarea
            {...field}
            rows={4}
            value={draft.caption}
            placeholder={placeholder ?? "What should people know about it?"}
            onChange={(event) => onChange({ caption: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Hashtags"
        isOptional
        error={problems.hashtags}
        hint="They stand below the caption and count as part of it. Three to five work best."
      >
        {(field) => (
          <Input
            {...field}
            value={draft.hashtags}
            autoCapitalize="none"
            autoComplete="off"
            placeholder="kettle coffee kitchen"
            onChange={(event) => onChange({ hashtags: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

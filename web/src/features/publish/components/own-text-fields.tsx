import type { Platform } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { Checkbox } from "../../../components/ui/checkbox.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Textarea } from "../../../components/ui/textarea.tsx";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import { composeText, parseHashtags } from "../rules/compose-text.ts";
import type { DraftText } from "../rules/post-draft.ts";
import type { DraftFieldsProps } from "./draft-fields-props.ts";
import { TextCounters } from "./text-counters.tsx";

/** Words for one platform alone, begun with those for all. */
export function OwnTextFields(
  { draft, problems, onChange, platform }: DraftFieldsProps & { platform: Platform },
) {
  const name = PLATFORM_NAMES[platform];
  const own = draft.ownTexts[platform];
  const set = (text: DraftText | undefined) =>
    onChange({ ownTexts: { ...draft.ownTexts, [platform]: text } });
  const { caption, hashtags } = own ?? draft;
  return (
    <>
      <Checkbox
        label={`Another text for ${name}`}
        className="sm:col-span-2"
        checked={own !== undefined}
        onChange={(event) => set(event.target.checked ? { caption, hashtags } : undefined)}
      />
      {own && (
        <>
          <Field
            label={`Caption for ${name}`}
            error={problems[`caption.${platform}`]}
            className="sm:col-span-2"
            hint={
              <TextCounters platforms={[platform]} text={composeText(caption, parseHashtags(hashtags))} />
            }
          >
            {(field) => (
              <Textarea
                {...field}
                rows={3}
                value={caption}
                onChange={(event) => set({ caption: event.target.value, hashtags })}
              />
            )}
          </Field>
          <Field
            label={`Hashtags for ${name}`}
            isOptional
            error={problems[`hashtags.${platform}`]}
            className="sm:col-span-2"
          >
            {(field) => (
              <Input
                {...field}
                value={hashtags}
                autoCapitalize="none"
                autoComplete="off"
                onChange={(event) => set({ caption, hashtags: event.target.value })}
              />
            )}
          </Field>
        </>
      )}
    </>
  );
}

import { useRef } from "react";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Textarea } from "../../../components/ui/textarea.tsx";
import { PlaceholderButtons } from "./placeholder-buttons.tsx";

/** A text as typed. */
export interface TypedWords {
  caption: string;
  hashtags: string;
}

interface WordsFieldsProps {
  /** Of which platform, at the end of the labels; empty for all. */
  place: string;
  words: TypedWords;
  problems: Partial<Record<keyof TypedWords, string>>;
  onChange: (words: TypedWords) => void;
}

/** Caption and hashtags of a template. */
export function WordsFields({ place, words, problems, onChange }: WordsFieldsProps) {
  const textarea = useRef<HTMLTextAreaElement>(null);
  return (
    <div className="grid gap-4">
      <div className="grid gap-2">
        <Field label={`Caption${place}`} error={problems.caption}>
          {(field) => (
            <Textarea
              {...field}
              ref={textarea}
              rows={4}
              value={words.caption}
              placeholder="My review of the {title}: {link}"
              onChange={(event) => onChange({ ...words, caption: event.target.value })}
            />
          )}
        </Field>
        <PlaceholderButtons textarea={textarea} onChange={(caption) => onChange({ ...words, caption })} />
      </div>
      <Field label={`Hashtags${place}`} isOptional error={problems.hashtags}>
        {(field) => (
          <Input
            {...field}
            value={words.hashtags}
            autoCapitalize="none"
            autoComplete="off"
            placeholder="kettle coffee kitchen"
            onChange={(event) => onChange({ ...words, hashtags: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}

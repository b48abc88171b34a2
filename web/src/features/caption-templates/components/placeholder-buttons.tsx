import type { RefObject } from "react";
import { PLACEHOLDERS } from "../../../../../supabase/functions/_shared/contracts/render-caption.ts";

interface PlaceholderButtonsProps {
  /** Where the placeholder goes: at the cursor. */
  textarea: RefObject<HTMLTextAreaElement | null>;
  onChange: (text: string) => void;
}

/** Puts a placeholder where the cursor is. */
export function PlaceholderButtons({ textarea, onChange }: PlaceholderButtonsProps) {
  const insert = (name: string) => {
    const field = textarea.current;
    if (!field) return;
    field.focus();
    field.setRangeText(`{${name}}`, field.selectionStart, field.selectionEnd, "end");
    onChange(field.value);
  };
  return (
    <div role="group" aria-label="Placeholders" className="flex flex-wrap gap-1.5">
      {PLACEHOLDERS.map((name) => (
        <button
          key={name}
          type="button"
          onClick={() => insert(name)}
          className="rounded-md bg-sunken px-2 py-1 font-mono text-xs text-ink-soft ring-1 ring-line ring-inset hover:text-ink max-sm:min-h-11 max-sm:px-3"
        >
          <span className="sr-only">Insert{" "}</span>
          {`{${name}}`}
        </button>
      ))}
    </div>
  );
}

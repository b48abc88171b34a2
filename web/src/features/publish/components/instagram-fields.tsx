import { Checkbox } from "../../../components/ui/checkbox.tsx";
import type { DraftFieldsProps } from "./draft-fields-props.ts";

/** Where on Instagram the reel is shown. */
export function InstagramFields({ draft, onChange }: DraftFieldsProps) {
  return (
    <Checkbox
      label="Share to feed"
      description="Followers see it in their feed too, not under Reels alone."
      className="sm:col-span-2"
      checked={draft.sharesToFeed}
      onChange={(event) => onChange({ sharesToFeed: event.target.checked })}
    />
  );
}

import { useId } from "react";
import { Checkbox } from "../../../../components/ui/checkbox.tsx";
import { Switch } from "../../../../components/ui/switch.tsx";
import { labelOf, type TiktokChoice } from "../../rules/tiktok-choice.ts";

interface TiktokDisclosureProps {
  choice: TiktokChoice;
  error?: string;
  onChange: (part: Partial<TiktokChoice>) => void;
}

/** Whether the video promotes something, for whom, and the label that TikTok puts on it. */
export function TiktokDisclosure({ choice, error, onChange }: TiktokDisclosureProps) {
  const id = useId();
  const label = labelOf(choice);
  const isPrivate = choice.privacy === "SELF_ONLY";
  const describedBy = error && `${id}-error`;
  return (
    <div className="grid gap-3">
      <Switch
        label="Disclose that it promotes something"
        description="Turn this on when the video promotes goods, services or a brand in exchange for something of value, yours or somebody else's."
        isOn={choice.discloses}
        onChange={(discloses) => onChange({ discloses, isYourBrand: false, isBranded: false })}
      />
      {choice.discloses && (
        <fieldset className="grid gap-2.5 border-l-2 border-line-strong pl-4" aria-describedby={describedBy}>
          <legend className="sr-only">What it promotes</legend>
          <Checkbox
            label="Your brand"
            description="You promote yourself or your own business."
            aria-invalid={error ? true : undefined}
            checked={choice.isYourBrand}
            onChange={(event) =>
              onChange({ isYourBrand: event.target.checked })}
          />
          <Checkbox
            label="Branded content"
            description={isPrivate
              ? "Not for a video that only you see: choose who else sees it first."
              : "You promote another brand or somebody else."}
            disabled={isPrivate && !choice.isBranded}
            checked={choice.isBranded}
            onChange={(event) =>
              onChange({ isBranded: event.target.checked })}
          />
          {error && <p id={`${id}-error`} role="alert" className="text-xs text-danger">{error}</p>}
          <p aria-live="polite" className="text-xs text-ink-soft">
            {label && `TikTok labels your video “${label}”. This cannot be changed once it is posted.`}
          </p>
        </fieldset>
      )}
    </div>
  );
}

import { Checkbox } from "../../../../components/ui/checkbox.tsx";
import type { OfferedChoices } from "../../rules/merge-creators.ts";
import type { TiktokChoice } from "../../rules/tiktok-choice.ts";

interface TiktokInteractionsProps {
  choice: TiktokChoice;
  offered: OfferedChoices;
  onChange: (part: Partial<TiktokChoice>) => void;
}

/** What others may do with the video. What the account has switched off cannot be allowed. */
export function TiktokInteractions({ choice, offered, onChange }: TiktokInteractionsProps) {
  const rows = [
    { name: "allowsComment", label: "Comments", isOff: offered.isCommentOff },
    { name: "allowsDuet", label: "Duets", isOff: offered.isDuetOff },
    { name: "allowsStitch", label: "Stitches", isOff: offered.isStitchOff },
  ] as const;
  return (
    <fieldset>
      <legend className="mb-1.5 font-[550]">Allow others</legend>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        {rows.map(({ name, label, isOff }) => (
          <Checkbox
            key={name}
            label={<span className={isOff ? "text-ink-faint" : undefined}>{label}</span>}
            description={isOff && "Off in the account's settings"}
            disabled={isOff}
            checked={choice[name] && !isOff}
            onChange={(event) => onChange({ [name]: event.target.checked })}
          />
        ))}
      </div>
    </fieldset>
  );
}

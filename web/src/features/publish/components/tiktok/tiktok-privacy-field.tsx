import { Field } from "../../../../components/ui/field.tsx";
import { Select } from "../../../../components/ui/select.tsx";
import { isPaid, type TiktokChoice, type TiktokPrivacy } from "../../rules/tiktok-choice.ts";

/** As TikTok's own app calls them. */
const NAMES: Record<TiktokPrivacy, string> = {
  PUBLIC_TO_EVERYONE: "Everyone",
  MUTUAL_FOLLOW_FRIENDS: "Friends: followers you follow back",
  FOLLOWER_OF_CREATOR: "Followers",
  SELF_ONLY: "Only you",
};

interface TiktokPrivacyFieldProps {
  choice: TiktokChoice;
  privacies: readonly TiktokPrivacy[];
  isAsking: boolean;
  error?: string;
  onChange: (privacy: TiktokPrivacy) => void;
}

/** Who can see the video: chosen by the person, never beforehand. */
export function TiktokPrivacyField(
  { choice, privacies, isAsking, error, onChange }: TiktokPrivacyFieldProps,
) {
  const isPublicOnly = isPaid(choice);
  return (
    <Field
      label="Who can see it"
      error={error}
      hint={isPublicOnly && "Branded content cannot be private."}
      className="sm:max-w-96"
    >
      {(field) => (
        <Select
          {...field}
          value={choice.privacy ?? ""}
          disabled={isAsking}
          aria-required
          onChange={(event) => onChange(event.target.value as TiktokPrivacy)}
        >
          <option value="" disabled>{isAsking ? "Asking TikTok…" : "Choose…"}</option>
          {privacies.map((privacy) => (
            <option key={privacy} value={privacy} disabled={isPublicOnly && privacy === "SELF_ONLY"}>
              {NAMES[privacy]}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

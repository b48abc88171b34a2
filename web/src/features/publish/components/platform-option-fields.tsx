import type {
  Platform,
  PublishConnection,
} from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import type { DraftFieldsProps } from "./draft-fields-props.ts";
import { FacebookFields } from "./facebook-fields.tsx";
import { InstagramFields } from "./instagram-fields.tsx";
import { TiktokFields } from "./tiktok/tiktok-fields.tsx";
import { YoutubeFields } from "./youtube-fields.tsx";

interface PlatformOptionFieldsProps extends DraftFieldsProps {
  platform: Platform;
  /** The chosen ones. */
  accounts: readonly PublishConnection[];
  /** Of the video, where one is known. */
  durationSeconds?: number | null;
}

/** What one platform alone asks for. */
export function PlatformOptionFields(
  { platform, accounts, durationSeconds = null, ...fields }: PlatformOptionFieldsProps,
) {
  if (platform === "youtube") return <YoutubeFields {...fields} />;
  if (platform === "instagram") return <InstagramFields {...fields} />;
  if (platform === "facebook") return <FacebookFields {...fields} />;
  if (platform === "tiktok") {
    return <TiktokFields {...fields} accounts={accounts} durationSeconds={durationSeconds} />;
  }
  return null;
}

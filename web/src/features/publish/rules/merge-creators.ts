import type { CreatorInfo } from "../../../../../supabase/functions/_shared/contracts/creator-info.ts";
import { TIKTOK_PRIVACY_LEVELS } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import type { TiktokPrivacy } from "./tiktok-choice.ts";

/** What every one of some accounts lets choose. */
export interface OfferedChoices {
  privacies: readonly TiktokPrivacy[];
  isCommentOff: boolean;
  isDuetOff: boolean;
  isStitchOff: boolean;
}

/** What is left to choose for all accounts together; everything where nothing is known, as through Blotato. */
export function mergeCreators(creators: readonly CreatorInfo[]): OfferedChoices {
  return {
    privacies: TIKTOK_PRIVACY_LEVELS.filter((level) =>
      creators.every(({ privacy_levels }) => privacy_levels.includes(level))
    ),
    isCommentOff: creators.some(({ comment_disabled }) => comment_disabled),
    isDuetOff: creators.some(({ duet_disabled }) => duet_disabled),
    isStitchOff: creators.some(({ stitch_disabled }) => stitch_disabled),
  };
}

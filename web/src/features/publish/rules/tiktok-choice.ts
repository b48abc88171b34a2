import type {
  TIKTOK_PRIVACY_LEVELS,
  TiktokOptions,
} from "../../../../../supabase/functions/_shared/contracts/publish.ts";

export type TiktokPrivacy = (typeof TIKTOK_PRIVACY_LEVELS)[number];

/** What somebody has chosen for TikTok. Nothing of it is chosen for them (rule: TikTok Content Sharing Guidelines). */
export interface TiktokChoice {
  privacy: TiktokPrivacy | null;
  allowsComment: boolean;
  allowsDuet: boolean;
  allowsStitch: boolean;
  /** It promotes something: for whom has to be said. */
  discloses: boolean;
  isYourBrand: boolean;
  isBranded: boolean;
  isAiGenerated: boolean;
}

/** The form before anybody has touched it. */
export const UNCHOSEN: TiktokChoice = {
  privacy: null,
  allowsComment: false,
  allowsDuet: false,
  allowsStitch: false,
  discloses: false,
  isYourBrand: false,
  isBranded: false,
  isAiGenerated: false,
};

export type TiktokProblems = Partial<Record<"tiktok.privacy" | "tiktok.disclosure", string>>;

/** What has to be chosen before a post can go to TikTok, also for a draft of it. */
export function checkTiktok(choice: TiktokChoice): TiktokProblems {
  const isUnsaid = choice.discloses && !choice.isYourBrand && !choice.isBranded;
  const isHidden = isPaid(choice) && choice.privacy === "SELF_ONLY";
  return {
    ...(choice.privacy === null && { "tiktok.privacy": "Choose who can see it." }),
    ...(isHidden && { "tiktok.privacy": "Branded content cannot be private. Choose who else sees it." }),
    ...(isUnsaid && { "tiktok.disclosure": "Say whether it promotes you, somebody else, or both." }),
  };
}

/** As the server takes it; null while nobody has chosen who can see it. */
export function toTiktokOptions(choice: TiktokChoice): TiktokOptions | null {
  if (choice.privacy === null) return null;
  return {
    privacy_level: choice.privacy,
    disable_comment: !choice.allowsComment,
    disable_duet: !choice.allowsDuet,
    disable_stitch: !choice.allowsStitch,
    brand_content: isPaid(choice),
    your_brand: choice.discloses && choice.isYourBrand,
    ai_generated: choice.isAiGenerated,
  };
}

/** The choice that options of a post stand for. */
export function reopenTiktok(options: Readonly<Record<string, unknown>>): TiktokChoice {
  if (typeof options.privacy_level !== "string") return UNCHOSEN;
  return {
    privacy: options.privacy_level as TiktokPrivacy,
    allowsComment: options.disable_comment === false,
    allowsDuet: options.disable_duet === false,
    allowsStitch: options.disable_stitch === false,
    discloses: options.brand_content === true || options.your_brand === true,
    isYourBrand: options.your_brand === true,
    isBranded: options.brand_content === true,
    isAiGenerated: options.ai_generated === true,
  };
}

/** The label TikTok puts on the video; null without one. A paid partnership wins. */
export function labelOf(choice: TiktokChoice): string | null {
  if (isPaid(choice)) return "Paid partnership";
  return choice.discloses && choice.isYourBrand ? "Promotional content" : null;
}

/** Whether somebody else's brand is promoted. */
export const isPaid = ({ discloses, isBranded }: TiktokChoice): boolean => discloses && isBranded;

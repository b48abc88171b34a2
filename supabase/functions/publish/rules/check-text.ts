import { AppError } from "../../_shared/core/app-error.ts";

const encoder = new TextEncoder();
const PLATFORM_NAMES: Record<string, string> = {
  youtube: "YouTube",
  instagram: "Instagram",
  facebook: "Facebook",
  tiktok: "TikTok",
};

interface PlatformText {
  platform: string;
  /** Caption and hashtags as they go out. */
  text: string;
  options: unknown;
}

/**
 * Refuses a text the platform would refuse, in the platform's own units (rules: YouTube Data API, videos resource;
 * Instagram Platform, IG User Media; TikTok Content Posting API, post_info). AppError text_not_accepted whose details
 * say what is wrong, by target.
 */
export function checkTexts(targets: readonly PlatformText[]): void {
  const details = targets.flatMap((target, index) =>
    problemsOf(target).map((problem) => ({
      path: `targets.${index}`,
      message: `${PLATFORM_NAMES[target.platform]} ${problem}.`,
    }))
  );
  if (details.length > 0) {
    throw new AppError("text_not_accepted", { message: details[0]!.message, details });
  }
}

function problemsOf({ platform, text, options }: PlatformText): string[] {
  if (platform === "youtube") {
    return problemsOnYoutube(text, options as { tags?: string[] });
  }
  if (platform === "instagram") return problemsOnInstagram(text);
  if (platform === "tiktok") return problemsOnTiktok(text);
  if (platform === "facebook") return problemsOnFacebook(text);
  return [];
}

function problemsOnYoutube(text: string, options: { tags?: string[] }): string[] {
  const bytes = encoder.encode(text).length;
  // Commas between tags count, and the quotes YouTube puts around one with a space.
  const tags = options.tags ?? [];
  const tagLength = tags.reduce(
    (sum, tag) => sum + tag.length + (tag.includes(" ") ? 2 : 0),
    tags.length - 1,
  );
  return [
    ...(bytes > 5_000 ? [`takes 5,000 bytes of description, and this text has ${bytes}`] : []),
    ...(/[<>]/.test(text) ? ["does not take < or > in a description"] : []),
    ...(tagLength > 500 ? [`takes tags of 500 characters together, and these have ${tagLength}`] : []),
  ];
}

/** TikTok counts UTF-16 units: most emoji are two. */
function problemsOnTiktok({ length }: string): string[] {
  return length > 2_200 ? [`takes 2,200 characters, and this text has ${length}`] : [];
}

/** What Facebook's own composer takes for a Reel; its API names no limit. */
function problemsOnFacebook(text: string): string[] {
  const length = [...text].length;
  return length > 2_200 ? [`takes 2,200 characters, and this text has ${length}`] : [];
}

function problemsOnInstagram(text: string): string[] {
  const length = [...text].length;
  const tags = text.match(/#[\p{L}\p{N}_]+/gu)?.length ?? 0;
  const mentions = text.match(/@[\w.]+/g)?.length ?? 0;
  return [
    ...(length > 2_200 ? [`takes 2,200 characters, and this text has ${length}`] : []),
    ...(tags > 30 ? [`takes 30 hashtags, and this text has ${tags}`] : []),
    ...(mentions > 20 ? [`takes 20 mentions, and this text has ${mentions}`] : []),
  ];
}

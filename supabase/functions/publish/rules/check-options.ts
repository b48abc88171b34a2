import type { z } from "zod";
import {
  facebookOptionsSchema,
  instagramOptionsSchema,
  type TiktokOptions,
  tiktokOptionsSchema,
  youtubeOptionsSchema,
} from "../../_shared/contracts/publish.ts";
import { AppError } from "../../_shared/core/app-error.ts";

type TargetOptions =
  | z.infer<typeof youtubeOptionsSchema>
  | z.infer<typeof instagramOptionsSchema>
  | z.infer<typeof facebookOptionsSchema>
  | TiktokOptions;

const SCHEMAS: Readonly<Record<string, z.ZodType<TargetOptions> | undefined>> = {
  youtube: youtubeOptionsSchema,
  instagram: instagramOptionsSchema,
  facebook: facebookOptionsSchema,
  tiktok: tiktokOptionsSchema,
};

/** Options of a target with all their defaults. AppError options_not_accepted for what its platform does not take. */
export function checkOptions(platform: string, options: Record<string, unknown>): TargetOptions {
  const parsed = SCHEMAS[platform]?.safeParse(options);
  if (!parsed?.success) {
    const details = parsed?.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
    throw new AppError("options_not_accepted", { details });
  }
  if (platform === "tiktok") refusePrivateAdvertising(parsed.data as TiktokOptions);
  return parsed.data;
}

/** Rule: TikTok for Developers, Content Sharing Guidelines: branded content is never private. */
function refusePrivateAdvertising({ brand_content, privacy_level }: TiktokOptions): void {
  if (!brand_content || privacy_level !== "SELF_ONLY") return;
  const message =
    "TikTok takes no branded content that only you see. Choose another audience, or leave the disclosure out.";
  throw new AppError("options_not_accepted", { message, details: [{ path: "privacy_level", message }] });
}

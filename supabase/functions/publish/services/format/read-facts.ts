import {
  limitOverridesSchema,
  limitsOf,
  type PlatformLimits,
} from "../../../_shared/contracts/format-limits.ts";
import { type VideoFormat, videoFormatSchema } from "../../../_shared/contracts/publish-format.ts";
import type { Platform } from "../../../_shared/contracts/publish.ts";
import type { PublishDeps } from "../deps.ts";
import type { DriveSource } from "../video-source.ts";

/** What the present file of a video says of itself: looked at once, then remembered. */
export async function readFacts(
  deps: Pick<PublishDeps, "formats" | "probe">,
  userId: string,
  videoId: string,
  source: DriveSource,
): Promise<VideoFormat> {
  const { key } = await source.locate();
  const known = videoFormatSchema.safeParse(await deps.formats.find(userId, videoId, key));
  if (known.success) return known.data;
  const format = await deps.probe(source);
  await deps.formats.save(userId, videoId, key, format);
  return format;
}

/** What a platform takes, with what an operator changed of it; a row nobody can read changes nothing. */
export async function readLimits(
  deps: Pick<PublishDeps, "formats" | "logError">,
): Promise<(platform: Platform, route?: string) => PlatformLimits> {
  const overrides = limitOverridesSchema.safeParse(await deps.formats.readLimits());
  if (!overrides.success) deps.logError({ setting: "publish.format_limits" }, overrides.error);
  return (platform, route) => limitsOf(platform, overrides.data, route);
}

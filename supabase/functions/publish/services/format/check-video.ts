import { checkFormat, toVerdict } from "../../../_shared/contracts/check-format.ts";
import type { CheckFormatRequest, FormatCheck } from "../../../_shared/contracts/publish-format.ts";
import { AppError } from "../../../_shared/core/app-error.ts";
import { SourceGone } from "../../../_shared/core/publish-errors.ts";
import type { Caller } from "../connections/deps.ts";
import type { PublishDeps } from "../deps.ts";
import { limitCalls } from "../limit-calls.ts";
import { requireVideo } from "../require-video.ts";
import { openVideoSource } from "../video-source.ts";
import { readFacts, readLimits } from "./read-facts.ts";

/** What the caller's video is, and what each platform says to it. AppError video_unreachable and those of OneDrive. */
export async function checkVideo(
  deps: PublishDeps,
  caller: Caller,
  { video_id: videoId, targets }: CheckFormatRequest,
): Promise<FormatCheck> {
  await limitCalls(deps, caller, "check");
  const video = await requireVideo(deps, caller, videoId, false);
  const source = openVideoSource(deps, caller.id, {
    itemId: video.onedrive_item_id,
    driveId: video.onedrive_drive_id,
    filename: video.filename,
    sizeBytes: video.size_bytes,
    mimeType: video.mime_type,
  });
  try {
    const limitsOf = await readLimits(deps);
    const isRouteAsked = targets.some(({ connection_id }) => connection_id !== undefined);
    const accounts = isRouteAsked ? await deps.connections.listOwn(caller.token) : [];
    const format = await readFacts(deps, caller.id, videoId, source);
    return {
      format,
      converts_by_itself: deps.transcoder !== null,
      targets: targets.map(({ platform, connection_id: id }) => {
        const route = accounts.find((account) => account.id === id)?.route;
        const findings = checkFormat(format, platform, limitsOf(platform, route));
        return { platform, verdict: toVerdict(findings), findings };
      }),
    };
  } catch (error) {
    if (error instanceof SourceGone) throw new AppError("video_unreachable");
    throw error;
  }
}

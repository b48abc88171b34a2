import { AppError } from "../../../_shared/core/app-error.ts";
import type { PublishDeps } from "../deps.ts";
import { openCover } from "./open-cover.ts";

interface CoveredTarget {
  readonly platform: string;
  readonly options: unknown;
}

/** Refuses covers that no platform of the targets would take: AppError cover_not_found or cover_not_usable. */
export async function checkCovers(
  deps: Pick<PublishDeps, "covers">,
  userId: string,
  targets: readonly CoveredTarget[],
): Promise<void> {
  const looked = new Map<string, ReturnType<typeof openCover>>();
  for (const { platform, options } of targets) {
    const { cover } = options as { cover?: string };
    if (cover === undefined) continue;
    const looking = looked.get(cover) ?? openCover(deps, userId, cover);
    looked.set(cover, looking);
    const found = await looking;
    if (found.kind === "missing") throw new AppError("cover_not_found");
    // Rule: Instagram Graph API, IG User Media, cover_url.
    const isTaken = found.kind === "picture" && (platform !== "instagram" || found.mimeType === "image/jpeg");
    if (!isTaken) throw new AppError("cover_not_usable");
  }
}

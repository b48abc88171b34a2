import { PUBLISH_FAILURES } from "../../../_shared/contracts/publish-failures.ts";
import { PostRefused } from "../../../_shared/core/publish-errors.ts";
import type { PublishDeps } from "../deps.ts";
import { openCover } from "./open-cover.ts";

const URL_LIVES_SECONDS = 24 * 3600;

/** Where a platform fetches a cover: an address that works for 24 hours. PostRefused when the cover is gone. */
export async function signCover(
  deps: Pick<PublishDeps, "covers">,
  userId: string,
  path: string,
): Promise<string> {
  const { kind } = await openCover(deps, userId, path);
  if (kind === "picture") return await deps.covers.sign(path, URL_LIVES_SECONDS);
  throw new PostRefused("failed", "cover_missing", PUBLISH_FAILURES.cover_missing, kind);
}

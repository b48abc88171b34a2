import type { TargetRequest } from "../../../_shared/contracts/publish.ts";
import { AppError } from "../../../_shared/core/app-error.ts";
import type { Json } from "../../../_shared/db/database.types.ts";
import type { BulkItem, ClaimedBulk } from "../../../_shared/db/publish-bulks.ts";
import { buildBulkPost, type BulkTexts } from "../../rules/build-bulk-post.ts";
import type { PublishDeps } from "../deps.ts";
import { preparePost } from "../prepare-post.ts";
import { refuseUnreadable } from "../require-video.ts";

/** Of one invocation: each post costs some milliseconds of the second of CPU that a host allows. */
const MAX_ITEMS = 40;
const LEASE_SECONDS = 60;
/** Leases lost over one item until it is given up. */
const MAX_LOST_LEASES = 5;
/** Until a worker comes again after trouble that is ours. */
const PAUSE_SECONDS = 15;

type Ending = "done" | "lost" | "trouble";

/**
 * Makes the posts of the next bulk, or of the one that is named, in order, until all are made or this invocation has
 * had its share. What is wrong with a video is written down with it; trouble of ours ends the turn, and the video has
 * another one. Safe to run any number of times at once. Resolves to how many items were worked on.
 */
export async function makeBulk(deps: PublishDeps, bulkId?: string): Promise<{ items: number }> {
  const bulk = await deps.bulks.claim(MAX_ITEMS, LEASE_SECONDS, bulkId);
  if (!bulk) return { items: 0 };
  // Checked when they were stored; what a video makes of them is checked with its post.
  const texts: BulkTexts = { ...bulk, targets: bulk.targets as unknown as TargetRequest[] };
  const [first] = bulk.items;
  if (first && bulk.lost_leases >= MAX_LOST_LEASES) {
    await deps.bulks.fail(bulk, first.id, "worker_lost", "Our side broke off several times. Try it again.");
    bulk.items.shift();
  }
  let count = 0;
  let ending: Ending = "done";
  for (const item of bulk.items) {
    ending = await makeItem(deps, bulk, texts, item);
    if (ending !== "done") break;
    count++;
  }
  if (ending !== "lost") await deps.bulks.release(bulk, ending === "trouble" ? PAUSE_SECONDS : 0);
  return { items: count };
}

async function makeItem(
  deps: PublishDeps,
  bulk: ClaimedBulk,
  texts: BulkTexts,
  item: BulkItem,
): Promise<Ending> {
  try {
    const post = await prepareItem(deps, bulk, texts, item);
    const outcome = await deps.bulks.make(bulk, item.id, post as unknown as Json, LEASE_SECONDS);
    return outcome === "lost" ? "lost" : "done";
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) {
      deps.logError({ bulk_id: bulk.id, bulk_item_id: item.id }, error);
      return "trouble";
    }
    await deps.bulks.fail(bulk, item.id, error.code, error.message);
    return "done";
  }
}

function prepareItem(deps: PublishDeps, bulk: ClaimedBulk, texts: BulkTexts, { video, product }: BulkItem) {
  if (!video) throw new AppError("video_not_found");
  refuseUnreadable(video);
  const request = buildBulkPost(texts, video.id, { filename: video.filename, product });
  return preparePost(deps, bulk.user_id, bulk.accounts, request);
}

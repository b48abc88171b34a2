import {
  BULK_AT_ONCE,
  type BulkSpread,
  type CreateBulkRequest,
  type CreatedBulk,
  createdBulkSchema,
} from "../../../_shared/contracts/publish-bulk.ts";
import { AppError } from "../../../_shared/core/app-error.ts";
import { sha256Hex } from "../../../_shared/core/digest.ts";
import { chooseAccount } from "../../rules/choose-account.ts";
import { resolveTime } from "../../rules/resolve-time.ts";
import type { Caller } from "../connections/deps.ts";
import type { PublishDeps } from "../deps.ts";
import { limitCalls } from "../limit-calls.ts";
import { makeBulk } from "./make-bulk.ts";

/**
 * Creates a bulk. A few videos get their posts before this answers, many get theirs in the background. With an
 * idempotency key the same request gets the same answer for a day. AppError for what is wrong with all of it; what is
 * wrong with one video is told with the bulk.
 */
export async function startBulk(
  deps: PublishDeps,
  caller: Caller,
  request: CreateBulkRequest,
  key: string | undefined,
): Promise<CreatedBulk> {
  await limitCalls(deps, caller, "bulk");
  const requestHash = await sha256Hex(`bulk ${JSON.stringify(request)}`);
  const once = key === undefined ? undefined : { key, requestHash };
  const seen = once && (await deps.bulks.findAnswer(caller.id, once.key, once.requestHash));
  if (seen) return createdBulkSchema.parse(seen);

  await requireVideos(deps, caller, request.video_ids);
  const template = await findTemplate(deps, caller, request.template_id);
  const accounts = await deps.connections.listOwn(caller.token);
  const answer = await deps.bulks.create(
    caller.id,
    {
      video_ids: request.video_ids,
      caption: request.caption ?? template?.caption ?? "",
      hashtags: request.hashtags ?? template?.hashtags ?? [],
      // A template's words for one platform stand in where the request has no text at all.
      targets: request.targets.map((target) => ({
        ...(request.caption === undefined && pickTexts(template?.variants[target.platform])),
        ...target,
        connection_id: chooseAccount(accounts, target, false),
      })),
      spread: toStored(request.spread, deps.clock()),
      allow_duplicate: request.allow_duplicate ?? false,
    },
    once,
  );
  const created = createdBulkSchema.parse(answer);
  await (created.total > BULK_AT_ONCE ? deps.bulks.poke() : makeBulk(deps, created.id));
  return created;
}

async function requireVideos(deps: PublishDeps, caller: Caller, videoIds: readonly string[]): Promise<void> {
  const found = new Set((await deps.videos.findOwnMany(caller.token, videoIds)).map(({ id }) => id));
  if (videoIds.some((id) => !found.has(id))) throw new AppError("video_not_found");
}

async function findTemplate(deps: PublishDeps, caller: Caller, templateId: string | undefined) {
  if (templateId === undefined) return null;
  const template = await deps.bulks.findTemplate(caller.token, templateId);
  if (!template) throw new AppError("template_not_found");
  return template;
}

/** A template says words, never where they go. */
function pickTexts(variant: { caption: string; hashtags: string[] } | undefined) {
  return variant && { caption: variant.caption, hashtags: variant.hashtags };
}

/** A spread with its beginning as an instant. */
function toStored(spread: BulkSpread, now: Date) {
  if (spread.kind === "now") return spread;
  if (spread.kind === "every") {
    const start = resolveTime(spread.starting_at, spread.time_zone, now);
    return { ...spread, starting_at: start.toISOString() };
  }
  if (spread.starting_at === undefined) return spread;
  return { ...spread, starting_at: resolveTime(spread.starting_at, undefined, now).toISOString() };
}

import type { Account } from "../account.ts";
import { GoogleFailure } from "../google-failure.ts";
import type { GoogleState } from "../state.ts";
import type { ApiCall } from "./api-call.ts";
import { etagOf } from "../etag.ts";
import { answerPage } from "./list-answer.ts";
import { CHANNEL_PARTS, readParts } from "./read-parts.ts";

const FILTERS: readonly string[] = ["mine", "id", "forHandle"];

/** GET channels: the caller's own, or others by id or handle. An account without a channel gets an empty page. */
export function listChannels(call: ApiCall): Response {
  const { query, state, account } = call;
  const parts = readParts(query, CHANNEL_PARTS);
  const given = FILTERS.filter((name) => query.has(name));
  if (given.length !== 1) throw filterFailure(given);
  const channels = [...state.accounts.values()].filter((entry) => entry.hasChannel);
  const found = channels.filter((entry) => {
    if (given[0] === "mine") return query.get("mine") === "true" && entry === account;
    if (given[0] === "id") return query.get("id")!.split(",").includes(entry.channelId);
    return entry.handle === `@${query.get("forHandle")!.replace(/^@/, "").toLowerCase()}`;
  });
  const items = found.map((entry) => renderChannel(call, entry, parts));
  return answerPage("youtube#channelListResponse", query, items, { usual: 5, most: 50 });
}

function renderChannel({ kit, state }: ApiCall, owner: Account, parts: readonly string[]) {
  const picture = `${kit.urls.SANDBOX_URL}/google/channels/${owner.channelId}/picture.png`;
  const views: Record<string, unknown> = {
    snippet: {
      title: owner.displayName,
      description: "",
      customUrl: owner.handle,
      publishedAt: new Date(owner.createdAt).toISOString(),
      thumbnails: {
        default: { url: picture, width: 88, height: 88 },
        medium: { url: picture, width: 240, height: 240 },
        high: { url: picture, width: 800, height: 800 },
      },
      localized: { title: owner.displayName, description: "" },
    },
    contentDetails: { relatedPlaylists: { likes: "", uploads: owner.uploadsPlaylistId } },
    statistics: renderStatistics(state, owner),
    status: { privacyStatus: "public", isLinked: true, longUploadsStatus: "allowed", madeForKids: false },
    brandingSettings: { channel: { title: owner.displayName } },
  };
  const body: Record<string, unknown> = { kind: "youtube#channel", id: owner.channelId };
  for (const part of parts) if (views[part] !== undefined) body[part] = views[part];
  return { kind: body.kind, etag: etagOf(body), ...body };
}

/** Counts are strings. */
function renderStatistics(state: GoogleState, owner: Account) {
  const videoCount = String(state.videosOf(owner.name).length);
  return { viewCount: "0", subscriberCount: "0", hiddenSubscriberCount: false, videoCount };
}

function filterFailure(given: readonly string[]): GoogleFailure {
  const expected = `Expected one of: ${FILTERS.join(", ")}`;
  return given.length === 0
    ? new GoogleFailure(400, "missingRequiredParameter", `No filter selected. ${expected}`, {
      domain: "youtube.parameter",
      location: "parameters.",
      locationType: "other",
    })
    : new GoogleFailure(400, "incompatibleParameters", `Incompatible parameters: ${given.join(", ")}`, {
      domain: "youtube.parameter",
      location: "parameters.",
      locationType: "other",
    });
}

import { GoogleFailure, missingParameter } from "../google-failure.ts";

/** Parts of the resources which the simulator knows. */
export const VIDEO_PARTS: readonly string[] = [
  "contentDetails",
  "fileDetails",
  "id",
  "liveStreamingDetails",
  "localizations",
  "paidProductPlacementDetails",
  "player",
  "processingDetails",
  "recordingDetails",
  "snippet",
  "statistics",
  "status",
  "suggestions",
  "topicDetails",
];

export const CHANNEL_PARTS: readonly string[] = [
  "auditDetails",
  "brandingSettings",
  "contentDetails",
  "contentOwnerDetails",
  "id",
  "localizations",
  "snippet",
  "statistics",
  "status",
  "topicDetails",
];

export const PLAYLIST_ITEM_PARTS: readonly string[] = ["contentDetails", "id", "snippet", "status"];

/** The `part` parameter, comma separated or repeated. Throws 400 when it is missing or names an unknown part. */
export function readParts(query: URLSearchParams, known: readonly string[]): string[] {
  const parts = query.getAll("part").flatMap((text) => text.split(",")).map((part) => part.trim())
    .filter(Boolean);
  if (parts.length === 0) throw missingParameter("part");
  const unknown = parts.find((part) => !known.includes(part));
  if (unknown === undefined) return [...new Set(parts)];
  throw new GoogleFailure(400, "unknownPart", `'${unknown}'`, {
    domain: "youtube.part",
    location: "part",
    locationType: "parameter",
  });
}

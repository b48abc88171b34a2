import { GoogleFailure, invalidVideo } from "../google-failure.ts";
import { type JsonObject, readFlag, readString } from "./json-fields.ts";
import type { Privacy, Status } from "./video.ts";

const PRIVACIES: readonly Privacy[] = ["public", "unlisted", "private"];
const LICENSES: readonly Status["license"][] = ["youtube", "creativeCommon"];
/** RFC 3339 with seconds optional, as ISO 8601 allows. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Reads the status of a request. A schedule needs `private` and a video that was never published; one in the past
 * publishes at once. Throws 400 or 403 with the reason that names the wrong field. `now` is ms since 1970.
 */
export function readStatus(body: JsonObject, wasPublished: boolean, now: number): Status {
  const privacy = readString(body, "privacyStatus", "status") ?? "public";
  const privacyStatus = PRIVACIES.find((known) => known === privacy);
  if (privacyStatus === undefined) {
    throw invalidVideo(
      "invalidVideoMetadata",
      "The request metadata is invalid.",
      "body.status.privacyStatus",
    );
  }
  const licenseName = readString(body, "license", "status") ?? "youtube";
  const license = LICENSES.find((known) => known === licenseName);
  if (license === undefined) {
    throw new GoogleFailure(
      403,
      "forbiddenLicenseSetting",
      "The request attempts to set an invalid license for the video.",
      { domain: "youtube.video" },
    );
  }
  const publishAt = readPublishAt(body);
  if (publishAt !== null && (privacyStatus !== "private" || wasPublished)) throw invalidPublishAt();
  const isDue = publishAt !== null && publishAt <= now;
  return {
    privacyStatus: isDue ? "public" : privacyStatus,
    publishAt: isDue ? null : publishAt,
    selfDeclaredMadeForKids: readFlag(body, "selfDeclaredMadeForKids", "status"),
    containsSyntheticMedia: readFlag(body, "containsSyntheticMedia", "status"),
    embeddable: readFlag(body, "embeddable", "status") ?? true,
    license,
    publicStatsViewable: readFlag(body, "publicStatsViewable", "status") ?? true,
  };
}

function readPublishAt(body: JsonObject): number | null {
  const text = readString(body, "publishAt", "status");
  if (text === null) return null;
  const instant = INSTANT.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(instant)) throw invalidPublishAt();
  return instant;
}

function invalidPublishAt(): GoogleFailure {
  const message = "The request metadata specifies an invalid scheduled publishing time.";
  return invalidVideo("invalidPublishAt", message, "body.status.publishAt");
}

import type { SignIn } from "../grants.ts";
import type { Parameters } from "../graph/parameters.ts";
import { badParameter, MetaFailure, missingParameter } from "../meta-failure.ts";
import type { ReelText, Source } from "./container.ts";

const NAMES = [
  "media_type",
  "video_url",
  "upload_type",
  "caption",
  "share_to_feed",
  "cover_url",
  "thumb_offset",
  "audio_name",
  "collaborators",
  "location_id",
  "user_tags",
  "trial_params",
  "is_ai_generated",
];
const MAX_CAPTION = 2_200;
const MAX_HASHTAGS = 30;
const MAX_MENTIONS = 20;
const MAX_COLLABORATORS = 3;
const STRATEGIES = ["MANUAL", "SS_PERFORMANCE"];

/** Checks the parameters of a new container. Throws the documented refusals. */
export function readContainerInput(
  params: Parameters,
  host: SignIn,
): Omit<ReelText, "coverBlob"> & { source: Source } {
  params.allow(...NAMES);
  checkMediaType(params.get("media_type"));
  const collaborators = params.getTexts("collaborators");
  if (collaborators.length > MAX_COLLABORATORS) {
    throw badParameter(`Param collaborators must have at most ${MAX_COLLABORATORS} elements`);
  }
  checkTags(params);
  return {
    source: readSource(params, host),
    caption: readCaption(params.get("caption") ?? ""),
    isSharedToFeed: params.getFlag("share_to_feed", true),
    coverUrl: readUrl(params, "cover_url"),
    thumbOffsetMs: params.getNumber("thumb_offset", 0, 0, Number.MAX_SAFE_INTEGER),
    isAiGenerated: params.getFlag("is_ai_generated", false),
    collaborators,
    audioName: params.get("audio_name"),
  };
}

function checkMediaType(type: string | null): void {
  if (type === "REELS") return;
  if (type === null) throw missingParameter("image_url");
  if (type === "VIDEO") {
    throw badParameter("The VIDEO value for media_type is no longer supported. Use the REELS media type", {
      subcode: 2207089,
    });
  }
  throw badParameter(`The media type ${type} is not supported`, { subcode: 2207023 });
}

function readSource(params: Parameters, host: SignIn): Source {
  const url = readUrl(params, "video_url");
  const uploadType = params.get("upload_type");
  if (uploadType === null) {
    if (url === null) throw missingParameter("video_url");
    return { kind: "url", url };
  }
  if (uploadType !== "resumable" || host === "instagram") {
    throw badParameter("Param upload_type must be one of {resumable} and needs Facebook Login");
  }
  if (url !== null) throw badParameter("The parameters video_url and upload_type exclude each other");
  return { kind: "resumable", total: null, url: null };
}

/** An http address in plain ASCII, as it has to be. */
function readUrl(params: Parameters, name: string): string | null {
  const value = params.get(name);
  if (value === null) return null;
  const url = /^[\x21-\x7e]+$/.test(value) ? URL.parse(value) : null;
  if (url !== null && /^https?:$/.test(url.protocol)) return value;
  throw badParameter(`Param ${name} is not a valid URI`);
}

function readCaption(caption: string): string {
  const isTooLong = [...caption].length > MAX_CAPTION ||
    (caption.match(/#[\p{L}\p{N}_]+/gu) ?? []).length > MAX_HASHTAGS ||
    (caption.match(/@[\w.]+/g) ?? []).length > MAX_MENTIONS;
  if (!isTooLong) return caption;
  throw new MetaFailure(36004, "The caption is too long", {
    subcode: 2207010,
    userTitle: "Caption is too long",
    userMessage: "The caption may have up to 2,200 characters, 30 hashtags, and 20 @ tags.",
  });
}

function checkTags(params: Parameters): void {
  const location = params.get("location_id");
  if (location !== null && !/^\d+$/.test(location)) {
    throw badParameter("INSTAGRAM_PLATFORM_API__INVALID_LOCATION_ID");
  }
  const tags = readJson(params.get("user_tags") ?? "[]");
  if (!Array.isArray(tags) || !tags.every((tag) => typeof tag?.username === "string")) {
    throw badParameter("Param user_tags must be an array of objects with a username");
  }
  const trial = params.get("trial_params");
  if (trial === null) return;
  const strategy = readJson(trial) as { graduation_strategy?: unknown } | null | undefined;
  if (!STRATEGIES.includes(String(strategy?.graduation_strategy))) {
    throw badParameter(`Param trial_params[graduation_strategy] must be one of {${STRATEGIES.join(", ")}}`);
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

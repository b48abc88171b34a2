import type { NodeOf } from "../graph/find-node.ts";
import type { GraphCall } from "../graph/graph-call.ts";
import type { Parameters } from "../graph/parameters.ts";
import { badParameter, MetaFailure } from "../meta-failure.ts";
import { beginProcessing, usualProcessingMs } from "./complete-page-video.ts";
import { failureAt, type PageVideo, type Publication, videoStatusAt } from "./page-video.ts";

const NAMES = [
  "upload_phase",
  "video_id",
  "video_state",
  "title",
  "description",
  "place",
  "is_ai_generated",
  "scheduled_publish_time",
];
const STATES: readonly Publication["state"][] = ["PUBLISHED", "SCHEDULED", "DRAFT"];
const MAX_TITLE = 255;
const MIN_AHEAD_S = 10 * 60;
const MAX_AHEAD_S = 29 * 24 * 3600;

/**
 * The finish phase: publishes an uploaded video, once. `success` says that it was accepted; whether it is there shows
 * in its publishing phase alone. Throws 6000 with the number of what is wrong with the file, 32 when the Page's day is
 * used up.
 */
export function finishReel({ kit, state, params, exchange }: GraphCall, { page }: NodeOf<"Page">): unknown {
  params.allow(...NAMES);
  const video = state.pageVideos.videos.get(params.require("video_id"));
  if (video === undefined || video.pageId !== page.id) throw badParameter("Invalid video id");
  const wanted = readState(params);
  const scheduledAt = readScheduledTime(params, wanted, kit.now());
  const title = params.get("title");
  if (title !== null && [...title].length > MAX_TITLE) {
    throw badParameter(`Param title must have at most ${MAX_TITLE} characters`);
  }
  if (video.publication !== null) throw badParameter("The video was published before");
  requireWhole(video, kit.now());
  if (wanted !== "DRAFT" && state.pageQuota.used(page.id) >= state.pageQuota.total("facebook")) {
    throw new MetaFailure(32, "(#32) Page request limit reached", { isTransient: true });
  }
  if (video.readyAt === null) beginProcessing(kit, video);
  const takesMs = exchange.processingMs ?? usualProcessingMs(kit);
  const now = kit.now();
  video.publication = {
    state: wanted,
    title,
    description: params.get("description") ?? "",
    isAiGenerated: params.getFlag("is_ai_generated", false),
    requestedAt: now,
    visibleAt: wanted === "DRAFT" ? null : Math.max(scheduledAt ?? now, video.readyAt!) + takesMs,
    failure: kit.settings.get("meta", "fail_publishing") === true
      ? { code: 1363008, message: "Video Creation failed, please try again." }
      : null,
  };
  kit.touch();
  return { success: true };
}

function readState(params: Parameters): Publication["state"] {
  const wanted = STATES.find((state) => state === params.require("video_state"));
  if (wanted !== undefined) return wanted;
  throw badParameter(`Param video_state must be one of {${STATES.join(", ")}}`);
}

/** A scheduled time in ms since 1970. Throws code 100 for one outside of the window, or without its state. */
function readScheduledTime(params: Parameters, state: Publication["state"], now: number): number | null {
  const text = params.get("scheduled_publish_time");
  if ((text !== null) !== (state === "SCHEDULED")) {
    throw badParameter("Param scheduled_publish_time and the video state SCHEDULED belong together");
  }
  if (text === null) return null;
  const aheadS = (/^\d{1,12}$/.test(text) ? Number(text) : NaN) - now / 1000;
  if (aheadS > MIN_AHEAD_S && aheadS <= MAX_AHEAD_S) return Number(text) * 1000;
  throw badParameter("The scheduled publish time is invalid: it must be 10 minutes to 29 days ahead");
}

/** Throws 6000 for a video whose bytes are not there, or that Facebook does not take. */
function requireWhole(video: PageVideo, now: number): void {
  const failure = failureAt(video, now);
  if (failure !== null) throw badFile(failure.code, failure.message);
  const status = videoStatusAt(video, now);
  if (status === "uploading" || status === "expired") {
    throw badFile(
      1363045,
      "There was a problem uploading your video file. Please try again with another file.",
    );
  }
}

function badFile(subcode: number, userMessage: string): MetaFailure {
  return new MetaFailure(6000, "There was a problem uploading your video file.", {
    subcode,
    isTransient: false,
    userTitle: "Problem with file",
    userMessage,
  });
}

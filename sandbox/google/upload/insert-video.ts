import type { ApiCall } from "../api/api-call.ts";
import { readParts, VIDEO_PARTS } from "../api/read-parts.ts";
import { badRequest, signupRequired } from "../google-failure.ts";
import { insertWhole } from "./insert-whole.ts";
import { openSession } from "./open-session.ts";

/** POST /upload/…/videos: opens a resumable session, or takes metadata and bytes in one request. */
export async function insertVideo(call: ApiCall): Promise<Response> {
  if (!call.account.hasChannel) throw signupRequired();
  const parts = readParts(call.query, VIDEO_PARTS);
  switch (call.query.get("uploadType")) {
    case "resumable":
      return await openSession(call, parts);
    case "multipart":
    case "media":
      return await insertWhole(call, parts);
    default:
      throw badRequest("The uploadType parameter is missing or not supported.", "uploadTypeRequired");
  }
}

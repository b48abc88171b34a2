import { GoogleFailure, invalidVideo, missingParameter, videoNotFound } from "../google-failure.ts";
import { readObject, readString } from "../video/json-fields.ts";
import { readLocalizations, readSnippet } from "../video/snippet-rules.ts";
import { readStatus } from "../video/status-rules.ts";
import { privacyAt, type Video, wasEverPublished } from "../video/video.ts";
import { renderVideo } from "../video/video-view.ts";
import { type ApiCall, readJsonBody } from "./api-call.ts";
import { readParts, VIDEO_PARTS } from "./read-parts.ts";

/** PUT videos: replaces whole parts, so a field that is not sent falls back to its default. */
export async function updateVideo(call: ApiCall): Promise<Response> {
  const { kit, query, account } = call;
  const parts = readParts(query, VIDEO_PARTS);
  const body = await readJsonBody(call);
  const video = findOwnVideo(call, readString(body, "id", "id") ?? "");

  const written = (part: string) => parts.includes(part) ? readObject(body, part, part) ?? {} : null;
  const [snippetBody, statusBody] = [written("snippet"), written("status")];
  if (snippetBody !== null && readString(snippetBody, "categoryId", "snippet") === null) {
    throw invalidVideo(
      "invalidCategoryId",
      "The snippet.categoryId property is missing.",
      "body.snippet.categoryId",
    );
  }
  const snippet = snippetBody === null ? video.snippet : readSnippet(snippetBody);
  const wasPublished = wasEverPublished(video, kit.now());
  const status = statusBody === null ? video.status : readStatus(statusBody, wasPublished, kit.now());
  if (status !== video.status && kit.settings.get("google", "force_private", false)) {
    Object.assign(status, { privacyStatus: "private", publishAt: null });
  }
  const localizations = parts.includes("localizations")
    ? readLocalizations(written("localizations"), snippet.defaultLanguage)
    : video.localizations;
  Object.assign(video, { snippet, status, localizations });
  video.wasPublished = wasPublished || privacyAt(video, kit.now()).privacyStatus !== "private";
  kit.touch();
  return Response.json(renderVideo(kit, account, video, parts));
}

/** DELETE videos: 204. */
export async function deleteVideo(call: ApiCall): Promise<Response> {
  const { kit, state, query } = call;
  const id = query.get("id");
  if (id === null) throw missingParameter("id");
  const video = findOwnVideo(call, id);
  state.videos.delete(video.id);
  kit.touch();
  await kit.blobs.remove(video.blob);
  if (video.thumbnail !== null) await kit.blobs.remove(video.thumbnail.blob);
  return new Response(null, { status: 204 });
}

/** The caller's video of that id. Throws 404, and 403 for somebody else's that can be seen. */
export function findOwnVideo({ kit, state, account }: ApiCall, id: string): Video {
  const video = state.videos.get(id);
  if (video?.account === account.name) return video;
  if (video === undefined || privacyAt(video, kit.now()).privacyStatus === "private") throw videoNotFound();
  throw new GoogleFailure(403, "forbidden", "The video belongs to another channel.", {
    domain: "youtube.video",
  });
}

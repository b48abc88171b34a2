import type { NodeOf } from "../graph/find-node.ts";
import type { GraphCall } from "../graph/graph-call.ts";
import { badParameter, missingParameter, missingPermission } from "../meta-failure.ts";
import { requirePageToken } from "./require-page-token.ts";

const MAX_BYTES = 10 * 1024 * 1024;

/**
 * POST /{video}/thumbnails: a cover as the file `source`, JPEG or PNG of at most 10 MiB. Needs a permission that
 * posting the video does not.
 */
export async function setCover(call: GraphCall, { page, video }: NodeOf<"Video">): Promise<unknown> {
  const { kit, params } = call;
  requirePageToken(call, page);
  if (!call.caller.scopes.includes("pages_manage_engagement")) throw missingPermission();
  params.allow("source", "is_preferred");
  const isPreferred = params.getFlag("is_preferred", false);
  const bytes = params.getFile("source");
  if (bytes === null) throw missingParameter("source");
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  const isPng = bytes[0] === 0x89 && bytes[1] === 0x50;
  if (!(isJpeg || isPng) || bytes.length > MAX_BYTES) throw badParameter("Invalid image file");
  if (isPreferred) {
    const blob = kit.blobs.create();
    await Deno.writeFile(kit.blobs.path(blob), bytes);
    if (video.cover !== null) await kit.blobs.remove(video.cover);
    video.cover = blob;
    kit.touch();
  }
  return { success: true };
}

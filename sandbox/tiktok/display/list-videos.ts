import { z } from "zod";
import { type ApiCall, readBody } from "../api/api-call.ts";
import { renderData } from "../tiktok-failure.ts";
import { publicVideosOf, readFields, renderVideo } from "./video-view.ts";

const bodySchema = z.object({
  max_count: z.number().int().min(1).max(20).default(10),
  cursor: z.number().int().nonnegative().optional(),
});

/** POST video/list: the caller's public videos, the newest first; the cursor is a time in ms since 1970. */
export async function listVideos(call: ApiCall): Promise<Response> {
  const { kit, state, account, query } = call;
  const fields = readFields(query);
  const { max_count, cursor = Infinity } = await readBody(call, bodySchema);
  const older = publicVideosOf(kit, state, account.name).filter((post) => post.arrived!.at < cursor);
  const page = older.slice(0, max_count);
  return renderData({
    videos: page.map((post) => renderVideo(kit, state, post, fields)),
    cursor: page.at(-1)?.arrived?.at ?? 0,
    has_more: older.length > page.length,
  });
}

import { z } from "zod";
import { type ApiCall, readBody } from "../api/api-call.ts";
import { renderData } from "../tiktok-failure.ts";
import { publicVideosOf, readFields, renderVideo } from "./video-view.ts";

const bodySchema = z.object({ filters: z.object({ video_ids: z.array(z.string()).min(1).max(20) }) });

/** POST video/query: the caller's own public videos by id; others are simply not there. */
export async function queryVideos(call: ApiCall): Promise<Response> {
  const { kit, state, account, query } = call;
  const fields = readFields(query);
  const { filters } = await readBody(call, bodySchema);
  const found = publicVideosOf(kit, state, account.name).filter((post) =>
    filters.video_ids.includes(post.arrived!.postId)
  );
  return renderData({ videos: found.map((post) => renderVideo(kit, state, post, fields)) });
}

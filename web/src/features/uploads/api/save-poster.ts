import { callFunction } from "../../../lib/call-function.ts";
import { ApiFailure } from "../../../lib/api-failure.ts";
import { supabase } from "../../../lib/supabase.ts";

/** Stores a frame of a video as its poster and tells the video about it. */
export async function savePoster(userId: string, videoId: string, poster: Blob): Promise<void> {
  const path = `${userId}/${videoId}.jpg`;
  const { error } = await supabase.storage
    .from("posters")
    .upload(path, poster, { contentType: "image/jpeg", upsert: true });
  if (error) throw new ApiFailure("poster_not_stored", error.message, 0);
  await callFunction(`videos/${videoId}/poster`, null, { method: "POST" });
}

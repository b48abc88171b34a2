import type { z } from "zod";
import type { youtubeOptionsSchema } from "../../../_shared/contracts/publish.ts";
import type { VideoDetails } from "../../../_shared/providers/youtube/upload-client.ts";

const MAX_TITLE = 100;

/** What YouTube is told of a video. Without a title of its own the text's first line serves, or the file's name. */
export function toVideoDetails(
  options: z.infer<typeof youtubeOptionsSchema>,
  text: string,
  filename: string,
): VideoDetails {
  return {
    title: options.title ??
      (shorten(text.split("\n", 1)[0] ?? "") || shorten(filename.replace(/\.\w{1,5}$/, "")) || "Video"),
    description: text,
    tags: options.tags,
    privacy: options.privacy,
    madeForKids: options.made_for_kids,
  };
}

/** At most 100 characters, cut between words where that is possible. */
function shorten(line: string): string {
  const clean = line.replaceAll(/[<>]/g, "").trim();
  if (clean.length <= MAX_TITLE) return clean;
  const words = clean.slice(0, MAX_TITLE - 1).replace(/\s+\S*$/, "");
  return `${words.trim()}…`;
}

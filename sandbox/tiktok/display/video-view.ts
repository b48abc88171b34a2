import type { Kit } from "../../kit/provider.ts";
import { invalidParams } from "../tiktok-failure.ts";
import { pageUrlOf } from "../list-posts.ts";
import { type Post, statusOf } from "../post/post.ts";
import type { TiktokState } from "../state.ts";

const FIELDS: readonly string[] = [
  "id",
  "create_time",
  "cover_image_url",
  "share_url",
  "video_description",
  "duration",
  "height",
  "width",
  "title",
  "embed_html",
  "embed_link",
  "like_count",
  "comment_count",
  "share_count",
  "view_count",
];

/** The `fields` parameter. Throws 400 when it is missing or names an unknown field. */
export function readFields(query: URLSearchParams, known: readonly string[] = FIELDS): string[] {
  const fields = (query.get("fields") ?? "").split(",").filter(Boolean);
  const unknown = fields.find((field) => !known.includes(field));
  if (fields.length > 0 && unknown === undefined) return fields;
  throw invalidParams(`The fields parameter is invalid: ${unknown ?? "empty"}`);
}

/** The account's public videos, the newest first. */
export function publicVideosOf(kit: Kit, state: TiktokState, account: string): Post[] {
  return state.postsOf(account).filter((post) =>
    post.info?.privacyLevel === "PUBLIC_TO_EVERYONE" && statusOf(kit, post) === "PUBLISH_COMPLETE" &&
    kit.now() >= post.arrived!.moderatedAt
  );
}

/** A video as the Display API shows it: ids are text here. */
export function renderVideo(kit: Kit, state: TiktokState, post: Post, fields: readonly string[]) {
  const { title } = post.info!;
  const shown: Record<string, unknown> = {
    id: post.arrived!.postId,
    create_time: Math.floor(post.arrived!.at / 1000),
    cover_image_url: `${kit.urls.SANDBOX_URL}/tiktok/covers/${post.arrived!.postId}.png`,
    share_url: pageUrlOf(kit, state, post),
    video_description: title,
    title,
    duration: 0,
    height: 0,
    width: 0,
    embed_html: "",
    embed_link: "",
    like_count: 0,
    comment_count: 0,
    share_count: 0,
    view_count: 0,
  };
  return Object.fromEntries(fields.map((field) => [field, shown[field]]));
}

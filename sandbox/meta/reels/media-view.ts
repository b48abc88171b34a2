import type { Kit } from "../../kit/provider.ts";
import { pictureUrl } from "../graph/describe-person.ts";
import { type Field, parseFields, selectFields } from "../graph/fields.ts";
import type { NodeOf } from "../graph/find-node.ts";
import { type GraphCall, READ_INSTAGRAM, requireScope } from "../graph/graph-call.ts";
import { requireProfessional } from "../graph/instagram-view.ts";
import { pageOf } from "../graph/paging.ts";
import type { Media } from "./media.ts";

/** GET /{account}/media: the Reels, the newest first. */
export function listMedia(call: GraphCall, { account }: NodeOf<"IGUser">): unknown {
  call.params.allow("limit", "after", "before");
  requireScope(call, READ_INSTAGRAM);
  requireProfessional(account);
  const asked = parseFields(call.params.get("fields"));
  const { items, paging } = pageOf(call.state.reels.mediaOf(account.id).toReversed(), call, 25);
  return {
    data: items.map((media) => selectMediaFields(call, media, asked)),
    ...(paging === undefined ? {} : { paging }),
  };
}

/** GET /{media}. */
export function describeMedia(call: GraphCall, { media }: NodeOf<"IGMedia">): unknown {
  call.params.allow();
  requireScope(call, READ_INSTAGRAM);
  return selectMediaFields(call, media, parseFields(call.params.get("fields")));
}

/** The page of a Reel: its address stands for https://www.instagram.com/reel/{shortcode}/. */
export function permalinkOf(kit: Kit, media: Media): string {
  return `${kit.urls.INSTAGRAM_SITE_URL}/reel/${media.shortcode}/`;
}

function selectMediaFields({ kit, state }: GraphCall, media: Media, asked: readonly Field[]) {
  const account = state.people.get(media.person)?.instagram.find(({ id }) => id === media.instagramId);
  return selectFields("ShadowIGMedia", {
    id: () => media.id,
    caption: () => media.caption || undefined,
    media_type: () => "VIDEO",
    media_product_type: () => "REELS",
    media_url: () => `${kit.urls.INSTAGRAM_SITE_URL}/media/${media.id}`,
    permalink: () => permalinkOf(kit, media),
    shortcode: () => media.shortcode,
    thumbnail_url: () =>
      media.coverBlob === null
        ? pictureUrl(kit, media.id)
        : `${kit.urls.INSTAGRAM_SITE_URL}/covers/${media.id}.jpg`,
    timestamp: () => new Date(media.createdAt).toISOString().replace(/\.\d+Z$/, "+0000"),
    username: () => account?.username,
    owner: () => ({ id: media.instagramId }),
    ig_id: () => media.id,
    is_shared_to_feed: () => media.isSharedToFeed,
    is_comment_enabled: () => true,
    like_count: () => 0,
    comments_count: () => media.comments.length,
  }, asked);
}

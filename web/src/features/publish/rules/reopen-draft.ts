import { toLocal } from "../../../lib/zoned-time.ts";
import { joinHashtags } from "./compose-text.ts";
import { isOpenTarget } from "./is-open-target.ts";
import type { ListedPost, ListedTarget } from "./listed-post.ts";
import { reopenCover } from "./reopen-cover.ts";
import type { DraftText, PostDraft } from "./post-draft.ts";
import { reopenTiktok } from "./tiktok-choice.ts";
import { suggestTime } from "./start-draft.ts";

/** The form for a post that exists: what of it can still be changed. */
export function reopenDraft(
  post: ListedPost,
  title: string,
  timeZone: string,
  now: Date = new Date(),
): PostDraft {
  const targets = post.targets.filter(isOpenTarget);
  const youtube = targets.find(({ platform }) => platform === "youtube")?.options ?? {};
  const instagram = targets.find(({ platform }) => platform === "instagram")?.options ?? {};
  const facebook = targets.find(({ platform }) => platform === "facebook")?.options ?? {};
  const zone = targets.find((target) => target.time_zone)?.time_zone ?? timeZone;
  const times = targets.map((target) => localTimeOf(target, zone));
  const isLater = targets.some((target) => new Date(target.scheduled_for) > now);
  const areApart = isLater && new Set(times).size > 1;
  return {
    connectionIds: targets.flatMap(({ connection_id }) => connection_id ?? []),
    caption: post.caption,
    hashtags: joinHashtags(post.hashtags),
    ownTexts: Object.fromEntries(
      targets.filter(hasOwnText).map((target) => [target.platform, ownTextOf(target, post)]),
    ),
    title: typeof youtube.title === "string" ? youtube.title : title,
    privacy: youtube.privacy === "unlisted" || youtube.privacy === "private" ? youtube.privacy : "public",
    madeForKids: youtube.made_for_kids === true,
    sharesToFeed: instagram.share_to_feed !== false,
    facebookTitle: typeof facebook.title === "string" ? facebook.title : "",
    firstComment: typeof instagram.first_comment === "string" ? instagram.first_comment : "",
    tiktok: reopenTiktok(targets.find(({ platform }) => platform === "tiktok")?.options ?? {}),
    cover: reopenCover(targets),
    when: isLater ? "later" : "now",
    timeZone: zone,
    localTime: isLater ? times.toSorted()[0]! : suggestTime(zone, now),
    ownTimes: areApart
      ? Object.fromEntries(targets.map((target, index) => [target.connection_id ?? "", times[index]!]))
      : null,
  };
}

const hasOwnText = ({ caption, hashtags }: ListedTarget) => caption !== null || hashtags !== null;

const ownTextOf = (target: ListedTarget, post: ListedPost): DraftText => ({
  caption: target.caption ?? post.caption,
  hashtags: joinHashtags(target.hashtags ?? post.hashtags),
});

/** The time of a target as a clock of its zone shows it. */
const localTimeOf = ({ scheduled_for }: ListedTarget, zone: string) => toLocal(new Date(scheduled_for), zone);

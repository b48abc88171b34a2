import type { PublishAuthUrlRequest } from "../../../../supabase/functions/_shared/contracts/publish-connections.ts";
import type {
  Platform,
  PublishConnection,
} from "../../../../supabase/functions/_shared/contracts/publish.ts";

/** A way to connect accounts of a platform, in words. */
export interface ConnectionWay {
  platform: Platform;
  /** Only where a platform has several ways; through Blotato with a key, elsewhere by a sign-in. */
  route?: PublishAuthUrlRequest["route"] | "blotato";
  title: string;
  /** Whom it suits. */
  text: string;
  points: readonly string[];
  action: string;
}

export const YOUTUBE_WAY: ConnectionWay = {
  platform: "youtube",
  title: "With Google",
  text: "Sign in with the Google account of the channel and leave every box ticked.",
  points: [],
  action: "Connect YouTube",
};

/** Instagram has two sign-ins; which one fits depends on a Facebook Page. */
export const INSTAGRAM_WAYS: readonly ConnectionWay[] = [
  {
    platform: "instagram",
    route: "instagram_login",
    title: "With Instagram",
    text: "The short way. Sign in on Instagram itself.",
    points: ["For Business and Creator accounts", "No Facebook Page needed", "One account at a time"],
    action: "Connect with Instagram",
  },
  {
    platform: "instagram",
    route: "facebook_login",
    title: "With Facebook",
    text: "When your Instagram account is linked to a Facebook Page.",
    points: ["For Business and Creator accounts", "You manage the Page", "All linked accounts in one go"],
    action: "Connect with Facebook",
  },
];

export const FACEBOOK_WAY: ConnectionWay = {
  platform: "facebook",
  title: "With Facebook",
  text: "Sign in with the Facebook account that manages the Page and tick every Page to post to.",
  points: [],
  action: "Connect Facebook",
};

export const BLOTATO_WAY: ConnectionWay = {
  platform: "tiktok",
  route: "blotato",
  title: "Through Blotato",
  text: "When you post with Blotato already. Its API key is all it takes.",
  points: [
    "Every TikTok account that is connected there",
    "Files up to 400 MB or 1 GB, by plan",
    "Needs a paid plan of Blotato",
  ],
  action: "Connect through Blotato",
};

const TIKTOK_WAY: ConnectionWay = {
  platform: "tiktok",
  title: "With TikTok",
  text: "The short way. Sign in on TikTok itself and leave every switch on.",
  points: ["For every TikTok account", "Up to about 15 posts a day", "One account at a time"],
  action: "Connect with TikTok",
};

/** The ways to connect TikTok, the shorter one first. */
export const TIKTOK_WAYS: readonly ConnectionWay[] = [TIKTOK_WAY, BLOTATO_WAY];

type Routed = Pick<PublishConnection, "platform" | "route">;

const WAYS: Partial<Record<Platform, readonly ConnectionWay[]>> = {
  youtube: [YOUTUBE_WAY],
  instagram: INSTAGRAM_WAYS,
  facebook: [FACEBOOK_WAY],
  tiktok: TIKTOK_WAYS,
};

/** How an account is connected again: the way it was connected, where that is known. */
export const chooseWay = ({ platform, route }: Routed): ConnectionWay => {
  const ways = WAYS[platform] ?? [];
  return ways.find((way) => way.route === route) ?? ways[0] ?? YOUTUBE_WAY;
};

/** Which of several ways was used, in words; undefined where a platform has one. */
export const nameWay = ({ platform, route }: Routed): string | undefined =>
  platform === "youtube" || platform === "facebook"
    ? undefined
    : WAYS[platform]?.find((way) => way.route === route)?.title.replace(/^With/, "Through");

import type { PublishAuthUrlRequest } from "../../../../supabase/functions/_shared/contracts/publish-connections.ts";
import type {
  Platform,
  PublishConnection,
} from "../../../../supabase/functions/_shared/contracts/publish.ts";

/** A way to connect accounts of a platform, in words. */
export interface ConnectionWay {
  platform: Platform;
  /** Only where a platform has several sign-ins. */
  route?: PublishAuthUrlRequest["route"];
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

type Routed = Pick<PublishConnection, "platform" | "route">;

const findWay = ({ route }: Routed) => INSTAGRAM_WAYS.find((way) => way.route === route);

/** How an account is connected again: the way it was connected, where that is known. */
export const chooseWay = (account: Routed): ConnectionWay =>
  account.platform === "youtube" ? YOUTUBE_WAY : findWay(account) ?? INSTAGRAM_WAYS[0]!;

/** Which of several sign-ins was used, in words; undefined where a platform has one. */
export const nameWay = (account: Routed): string | undefined =>
  account.platform === "instagram" ? findWay(account)?.title.replace(/^With/, "Through") : undefined;

import { createRandom, type Random } from "../support/random.ts";

export const PLATFORMS = ["youtube", "instagram", "facebook", "tiktok"] as const;
export type Platform = (typeof PLATFORMS)[number];

/** One call of the posts API: a target for each platform, known by a text that stands in no other post. */
export interface PlannedPost {
  readonly marker: string;
  readonly person: number;
  readonly video: number;
  readonly platforms: readonly Platform[];
  /** Null goes out at once. */
  readonly dueInSeconds: number | null;
}

/** What the next kill waits for; then it waits `delayMs` more, so that it strikes anywhere. */
export type Moment =
  | { readonly kind: "claimed" }
  /** The irreversible call is on record, and under way or about to be. */
  | { readonly kind: "called" }
  /** A platform, or OneDrive, holds this call back. */
  | { readonly kind: "held"; readonly service: string; readonly method: string; readonly path: string };

export interface PlannedKill {
  readonly moment: Moment;
  readonly delayMs: number;
}

export type Disturbance = "database" | "pause" | "clock back" | "clock forward";

export interface PublishPlan {
  readonly people: number;
  readonly posts: readonly PlannedPost[];
  readonly kills: readonly PlannedKill[];
  /** By the number of kills after which each comes. */
  readonly disturbances: ReadonlyMap<number, Disturbance>;
  readonly pauseSeconds: number;
  /** Until so many kills videos are pushed to Instagram where that is possible; then it fetches them. */
  readonly pushedKills: number;
  /** Whether the clock jumps once more at the end, so that the last leases are lost at once and not in 30 s. */
  readonly endsWithJump: boolean;
}

/** Videos of each person: small ones, and one that goes in several parts. */
export const SMALL_VIDEOS = 3;
export const LARGE_VIDEO = SMALL_VIDEOS;

/** From here on a run is a long one: the worker stands still for three minutes, the database dies more often. */
const LONG_RUN_TARGETS = 200;
const LARGE_SHARE = 20;
export const HOLD_MS = 600;

const HELD_CALLS = [
  { service: "google", method: "PUT", path: "/upload/youtube/v3/videos*" },
  { service: "google", method: "POST", path: "/upload/youtube/v3/videos*" },
  { service: "meta", method: "POST", path: "*/media_publish" },
  { service: "instagram", method: "POST", path: "*/media_publish" },
  { service: "meta", method: "POST", path: "*/media" },
  { service: "meta", method: "POST", path: "*/video_reels" },
  { service: "meta", method: "POST", path: "/video-upload/*" },
  { service: "meta", method: "POST", path: "/ig-api-upload/*" },
  { service: "instagram", method: "GET", path: "*" },
  { service: "tiktok", method: "PUT", path: "/video/" },
  { service: "tiktok", method: "POST", path: "*/video/init/" },
  { service: "tiktok", method: "POST", path: "*/status/fetch/" },
  { service: "blotato", method: "POST", path: "/v2/posts" },
  { service: "blotato", method: "GET", path: "/v2/posts*" },
  { service: "microsoft", method: "GET", path: "*" },
] as const;

/** What a run does, from its seed: who posts what and when, at which moments workers die, what happens in between. */
export function planPublishing(targets: number, kills: number, seed: number): PublishPlan {
  const random = createRandom(seed);
  const isLong = targets >= LONG_RUN_TARGETS;
  const people = Math.max(2, Math.min(10, Math.ceil(targets / 16)));
  const rounds = isLong ? 2 : 1;
  const events: Disturbance[] = [
    ...Array.from({ length: rounds }, () => ["database", "clock back", "database", "clock forward"] as const)
      .flat(),
    "pause",
  ];
  return {
    people,
    posts: planPosts(random, targets, people, isLong ? 60 : 12),
    kills: Array.from({ length: kills }, () => planKill(random)),
    disturbances: new Map(
      events.map((event, index) => [Math.floor((index + 1) * kills / (events.length + 1)), event]),
    ),
    pauseSeconds: isLong ? 180 : 3,
    pushedKills: Math.floor(kills / 2),
    endsWithJump: !isLong,
  };
}

function planPosts(random: Random, targets: number, people: number, spreadSeconds: number): PlannedPost[] {
  const posts: PlannedPost[] = [];
  for (let left = targets; left > 0;) {
    const isForAll = random.below(3) > 0 && left >= PLATFORMS.length;
    const platforms = isForAll ? PLATFORMS : [random.pick(PLATFORMS)];
    const number = posts.length;
    posts.push({
      marker: `post-${String(number).padStart(4, "0")}-of-run`,
      person: number % people,
      video: random.below(LARGE_SHARE) === 0 ? LARGE_VIDEO : random.below(SMALL_VIDEOS),
      platforms,
      dueInSeconds: random.below(5) < 2 ? null : 3 + random.below(spreadSeconds),
    });
    left -= platforms.length;
  }
  return posts;
}

function planKill(random: Random): PlannedKill {
  const kind = random.pick(["claimed", "called", "held", "held"] as const);
  if (kind === "held") {
    return { moment: { kind, ...random.pick(HELD_CALLS) }, delayMs: random.below(1.5 * HOLD_MS) };
  }
  return { moment: { kind }, delayMs: random.below(kind === "called" ? 30 : 400) };
}

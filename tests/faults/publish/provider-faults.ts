import type { PublishRig } from "./publish-rig.ts";

/**
 * The irreversible calls: YouTube's last chunk, media_publish behind both logins of Instagram, the finish phase of
 * Facebook, whose start phase has the same address, TikTok's last chunk, Blotato's submission.
 */
const IRREVERSIBLE = [
  { service: "google", method: "PUT", path: "/upload/youtube/v3/videos*" },
  { service: "meta", method: "POST", path: "*/media_publish" },
  { service: "instagram", method: "POST", path: "*/media_publish" },
  { service: "meta", method: "POST", path: "*/video_reels" },
  { service: "tiktok", method: "PUT", path: "/video/" },
  { service: "blotato", method: "POST", path: "/v2/posts" },
];

const OTHERS = [
  { service: "google", method: "POST", path: "/upload/youtube/v3/videos*" },
  { service: "meta", method: "POST", path: "*/media" },
  { service: "instagram", method: "POST", path: "*/media" },
  { service: "meta", method: "POST", path: "/video-upload/*" },
  { service: "meta", method: "POST", path: "/ig-api-upload/*" },
  { service: "meta", method: "GET", path: "*" },
  { service: "instagram", method: "GET", path: "*" },
  { service: "tiktok", method: "POST", path: "/v2/post/*" },
  { service: "blotato", method: "GET", path: "*" },
  { service: "microsoft", method: "GET", path: "*" },
];

/** What a call meets, and in which share of the cases. */
const KINDS = [
  { kind: "lost_answer", rate: 0.2 },
  { kind: "status_after", value: 500, rate: 0.05 },
  { kind: "status", value: 500, rate: 0.04 },
  { kind: "status", value: 503, rate: 0.04 },
  { kind: "drop_after", value: 20, rate: 0.04 },
  { kind: "drop_after", value: 30_000, rate: 0.03 },
  { kind: "rate_limit", value: 1, rate: 0.03 },
];

/** Beside what is drawn, so that no such call is spared: after how many of them the answer of one gets lost. */
const LOST_FOR_SURE = [1, 4, 8, 12];

/** Where a person's access ends in the middle of work, and after how many calls. */
const REVOKED = ["google", "meta", "instagram", "tiktok", "blotato"];
const FIRST_REVOKED = 20;
const CALLS_BETWEEN = 100;
const TARGETS_PER_REVOKED = 50;

/** Irreversible calls meet trouble twice as often as others. */
const OTHERS_PART = 0.5;

/** Makes the platforms and OneDrive fail for as long as the run lasts. The same seed draws the same failures. */
export async function addProviderFaults(rig: PublishRig, targets: number, seed: number): Promise<void> {
  for (const call of IRREVERSIBLE) {
    for (const skip of LOST_FOR_SURE) {
      await rig.control("POST", "faults", { ...call, kind: "lost_answer", skip });
    }
  }
  for (const service of REVOKED) {
    for (let number = 0; number * TARGETS_PER_REVOKED < targets; number++) {
      const skip = FIRST_REVOKED + number * CALLS_BETWEEN;
      await rig.control("POST", "faults", { service, path: "*", kind: "revoke", skip });
    }
  }
  const calls = [
    ...IRREVERSIBLE.map((call) => ({ call, part: 1 })),
    ...OTHERS.map((call) => ({ call, part: OTHERS_PART })),
  ];
  let number = 0;
  for (const { call, part } of calls) {
    for (const { rate, ...fault } of KINDS) {
      const body = { ...call, ...fault, rate: rate * part, seed: seed * 1_000 + number++, times: null };
      await rig.control("POST", "faults", body);
    }
  }
}

/** How often each kind struck, irreversible calls apart. */
export async function countProviderFaults(rig: PublishRig): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const faults = await rig.control<{ kind: string; path: string; method: string; fired: number }[]>(
    "GET",
    "faults",
  );
  for (const { kind, method, path, fired } of faults) {
    const isIrreversible = IRREVERSIBLE.some((call) => call.method === method && call.path === path);
    const name = `${kind}${isIrreversible ? " of an irreversible call" : ""}`;
    counts[name] = (counts[name] ?? 0) + fired;
  }
  return counts;
}

import type { PublishRig } from "./publish-rig.ts";

/** The irreversible calls: YouTube's last chunk, and media_publish behind both logins of Instagram. */
const IRREVERSIBLE = [
  { service: "google", method: "PUT", path: "/upload/youtube/v3/videos*" },
  { service: "meta", method: "POST", path: "*/media_publish" },
  { service: "instagram", method: "POST", path: "*/media_publish" },
];

const OTHERS = [
  { service: "google", method: "POST", path: "/upload/youtube/v3/videos*" },
  { service: "meta", method: "POST", path: "*/media" },
  { service: "instagram", method: "POST", path: "*/media" },
  { service: "meta", method: "GET", path: "*" },
  { service: "instagram", method: "GET", path: "*" },
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

/** Irreversible calls meet trouble twice as often as others. */
const OTHERS_PART = 0.5;

/** Makes the platforms and OneDrive fail for as long as the run lasts. The same seed draws the same failures. */
export async function addProviderFaults(rig: PublishRig, seed: number): Promise<void> {
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

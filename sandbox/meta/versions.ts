import { MetaFailure, unknownPath } from "./meta-failure.ts";

/** Versions of the Graph API that live on 2026-11-01; v20.0 ended on 2026-09-24. */
const LIVE: readonly string[] = ["v21.0", "v22.0", "v23.0", "v24.0", "v25.0", "v26.0"];

/** What a path without a version gets. */
const CURRENT = "v26.0";

/** Takes the version off a path's segments. Throws 400 for one that has ended or never was. */
export function splitVersion(segments: readonly string[]): { version: string; rest: string[] } {
  const [first = "", ...rest] = segments;
  if (!/^v\d+(\.\d+)?$/.test(first)) return { version: CURRENT, rest: [...segments] };
  checkVersion(first, segments);
  return { version: first, rest };
}

/** Throws 400 unless `version` lives. */
export function checkVersion(version: string, segments: readonly string[]): void {
  if (LIVE.includes(version)) return;
  const [major = 0] = version.slice(1).split(".").map(Number);
  if (/^v\d+\.0$/.test(version) && major < 21 && major > 0) {
    throw new MetaFailure(
      2635,
      `(#2635) You are calling a deprecated version of the API. Please update to the latest version: ${CURRENT}.`,
    );
  }
  throw unknownPath(segments);
}

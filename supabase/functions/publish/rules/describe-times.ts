import type { CreatedPost } from "../../_shared/contracts/publish.ts";
import { isAmbiguousTime } from "./resolve-time.ts";

interface RequestedTime {
  scheduled_for?: string | null;
  time_zone?: string;
}

/** Says which times of a request clocks show twice: the earlier one was taken. */
export function describeTimes(request: RequestedTime & { targets: readonly RequestedTime[] }) {
  const own = request.targets.map((target, index) => ({ ...target, path: `targets.${index}.scheduled_for` }));
  const notices: NonNullable<CreatedPost["notices"]> = [];
  for (const { path, scheduled_for, time_zone } of [{ ...request, path: "scheduled_for" }, ...own]) {
    if (
      typeof scheduled_for !== "string" || !isAmbiguousTime(scheduled_for, time_zone ?? request.time_zone)
    ) {
      continue;
    }
    const message = "Clocks show this time twice on that day. The post goes out at the earlier one.";
    notices.push({ path, code: "ambiguous_time", message });
  }
  return notices.length > 0 ? { notices } : {};
}

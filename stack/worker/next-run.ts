import { Cron } from "croner";

const INTERVAL = /^\s*([1-9]|[1-5][0-9])\s+seconds?\s*$/i;

/**
 * When a job runs next, as pg_cron reckons: five fields in UTC, a day matching either the day of the month or
 * the day of the week when both are given, `$` for the last day of the month; or `N seconds` after its last start.
 * @param after the last start, or when the job was first seen
 * @returns null for a schedule that never comes, such as 30 February
 */
export function nextRun(schedule: string, after: Date): Date | null {
  const interval = INTERVAL.exec(schedule)?.[1];
  if (interval) return new Date(after.getTime() + Number(interval) * 1000);
  const [minute, hour, day, month, weekday] = schedule.trim().split(/\s+/);
  const pattern = [minute, hour, day === "$" ? "L" : day, month, weekday].join(" ");
  return new Cron(pattern, { timezone: "UTC", domAndDow: false }).nextRun(after);
}

/** True for a schedule of the form `N seconds`. */
export function isInterval(schedule: string): boolean {
  return INTERVAL.test(schedule);
}

const FORMAT = new Intl.DateTimeFormat("en-CA", {
  timeZone: "America/Los_Angeles",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/** The calendar day in California, `YYYY-MM-DD`: quotas start anew at its midnight. `now` is ms since 1970. */
export function pacificDay(now: number): string {
  return FORMAT.format(now);
}

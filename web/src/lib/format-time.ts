/**
 * A moment as a clock in a zone shows it: `today at 14:05`, `tomorrow at 09:00`, `Sat 3 Jan at 14:05`, with the year
 * when it is another one.
 */
export function formatTime(instant: Date, timeZone: string, now: Date = new Date()): string {
  const time = instant.toLocaleTimeString("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
  const days = daysBetween(now, instant, timeZone);
  if (days === 0) return `today at ${time}`;
  if (days === 1) return `tomorrow at ${time}`;
  if (days === -1) return `yesterday at ${time}`;
  const year = instant.getUTCFullYear() === now.getUTCFullYear() ? undefined : "numeric";
  const day = instant.toLocaleDateString("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year,
  });
  return `${day.replace(",", "")} at ${time}`;
}

function daysBetween(from: Date, to: Date, timeZone: string): number {
  const dayOf = (moment: Date) => Date.parse(moment.toLocaleDateString("en-CA", { timeZone }));
  return Math.round((dayOf(to) - dayOf(from)) / 86_400_000);
}

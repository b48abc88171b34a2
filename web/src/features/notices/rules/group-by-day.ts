/** Notices of one day, as their user's clock has it. */
export interface NoticeDay<Item> {
  /** YYYY-MM-DD. */
  key: string;
  label: string;
  items: Item[];
}

/** Puts what is sorted by time into days of a zone: `Today`, `Yesterday`, then `Friday 20 November`. */
export function groupByDay<Item extends { created_at: string }>(
  items: readonly Item[],
  timeZone: string,
  now: Date = new Date(),
): NoticeDay<Item>[] {
  const days: NoticeDay<Item>[] = [];
  for (const item of items) {
    const at = new Date(item.created_at);
    const key = dayOf(at, timeZone);
    const last = days.at(-1);
    if (last?.key === key) last.items.push(item);
    else days.push({ key, label: nameDay(at, timeZone, now), items: [item] });
  }
  return days;
}

function nameDay(at: Date, timeZone: string, now: Date): string {
  const past = Math.round((Date.parse(dayOf(now, timeZone)) - Date.parse(dayOf(at, timeZone))) / 86_400_000);
  if (past === 0) return "Today";
  if (past === 1) return "Yesterday";
  const year = dayOf(at, timeZone).slice(0, 4) === dayOf(now, timeZone).slice(0, 4) ? undefined : "numeric";
  const style = { timeZone, weekday: "long", day: "numeric", month: "long", year } as const;
  return at.toLocaleDateString("en-GB", style).replace(",", "");
}

const dayOf = (at: Date, timeZone: string) => at.toLocaleDateString("en-CA", { timeZone });

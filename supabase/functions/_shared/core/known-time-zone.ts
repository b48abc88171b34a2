/**
 * The zone, or UTC for one that this runtime does not know. Postgres knows more of them than ICU, such as `XYZ5`, and a
 * profile takes whatever Postgres knows.
 */
export function knownTimeZone(zone: string): string {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone;
  } catch {
    return "UTC";
  }
}

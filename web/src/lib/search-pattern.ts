/**
 * A Data API `or` filter that finds `text` anywhere in one of the columns, in any letter case. It matches by regular
 * expression because a quoted `ilike` is not understood alike everywhere. Signs with a meaning are put into brackets;
 * the few that cannot stand there or inside quotes match any sign.
 */
export function searchPattern(columns: readonly string[], text: string): string {
  const pattern = text.trim().replace(/["\\^[\]]/g, ".").replace(/[$()*+?{}|]/g, "[$&]");
  return columns.map((column) => `${column}.imatch."${pattern}"`).join(",");
}

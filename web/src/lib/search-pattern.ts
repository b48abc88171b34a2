/**
 * A PostgREST `or` filter that finds `text` anywhere in one of the columns, with every character of it taken
 * literally.
 */
export function searchPattern(columns: readonly string[], text: string): string {
  const literal = text.trim().replace(/[\\%_]/g, "\\$&");
  const quoted = `"%${literal.replace(/[\\"]/g, "\\$&")}%"`;
  return columns.map((column) => `${column}.ilike.${quoted}`).join(",");
}

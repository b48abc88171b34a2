import postgres from "postgres";

/**
 * A clip of seconds that was padded to a large file has a bitrate no platform takes; without this the product would
 * convert it first. The only limit that is lifted.
 */
export async function liftBitrateLimit(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1 });
  try {
    await sql`
      update private.settings set value = '{"instagram": {"max_bitrate": null}}'
      where key = 'publish.format_limits'`;
  } finally {
    await sql.end();
  }
}

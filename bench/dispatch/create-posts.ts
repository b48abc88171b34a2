import type { Rig } from "./open-rig.ts";

const BATCH = 500;

/**
 * Posts of one target each, in turns for every connected platform, due at `firstAt` and then every `everyMs`, by the
 * SQL function that the API calls. Their texts differ.
 */
export async function createPosts(rig: Rig, count: number, firstAt: Date, everyMs: number): Promise<void> {
  const everySeconds = everyMs / 1000;
  const platforms = Object.keys(rig.connections);
  for (let from = 0; from < count; from += BATCH) {
    const to = Math.min(from + BATCH, count) - 1;
    await rig.sql`
      select count(public.create_post(
        ${rig.userId},
        jsonb_build_object(
          'video_id', ${rig.videoId}::text, 'caption', 'Post ' || gen_random_uuid(), 'draft', false,
          'targets', jsonb_build_array(jsonb_build_object(
            'platform', (${platforms}::text[])[n % ${platforms.length}::int + 1],
            'connection_id', (${Object.values(rig.connections)}::text[])[n % ${platforms.length}::int + 1],
            'scheduled_for', ${firstAt.toISOString()}::timestamptz + make_interval(secs => n * ${everySeconds}::float8)
          ))
        ),
        null, null
      ))
      from generate_series(${from}::int, ${to}::int) as n`;
    // Otherwise the statements of the functions stay planned for empty tables.
    await rig.sql`analyze public.published_videos, public.publishing_queue, private.publish_jobs`;
  }
}

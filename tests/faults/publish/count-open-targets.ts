import type { PublishRig } from "./publish-rig.ts";

/** Targets that go on by themselves, or whose user has to do something. */
export async function countOpenTargets(rig: PublishRig): Promise<number> {
  const [row] = await rig.query((sql) =>
    sql<{ open: number }[]>`
      select count(*)::int as open from public.publishing_queue
      where status not in ('published', 'failed', 'canceled')`
  );
  return row!.open;
}

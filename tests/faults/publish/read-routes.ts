import type { PublishRig } from "./publish-rig.ts";

/** How posts went by one way to a platform. */
export interface RouteCount {
  /** `platform/route`. */
  readonly route: string;
  readonly published: number;
  /** Irreversible calls nobody knew the outcome of, until the platform was asked. */
  readonly openCalls: number;
}

/** What went out by each way, and how often it was uncertain. */
export async function readRoutes(rig: PublishRig): Promise<RouteCount[]> {
  return await rig.query((sql) =>
    sql<RouteCount[]>`
      select target.platform || '/' || account.route as route,
        count(*) filter (where target.status = 'published')::integer as published,
        sum((
          select count(*) from public.publish_attempts as attempt
          where attempt.target_id = target.id and attempt.step = 'publish' and attempt.outcome = 'unknown'
        ))::integer as "openCalls"
      from public.publishing_queue as target
      join public.oauth_connections as account on account.id = target.connection_id
      group by 1 order by 1`
  );
}

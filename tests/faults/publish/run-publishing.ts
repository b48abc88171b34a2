import { eventually } from "../../support/eventually.ts";
import { countOpenTargets } from "./count-open-targets.ts";
import { createPost } from "./create-post.ts";
import { disturb, jumpClock } from "./disturb.ts";
import { judgePosts, type Verdict } from "./judge-posts.ts";
import { WorkerKiller } from "./kill-worker.ts";
import { createPerson, type Person } from "./people.ts";
import { addProviderFaults, countProviderFaults } from "./provider-faults.ts";
import type { PublishPlan } from "./plan-publishing.ts";
import type { PublishRig } from "./publish-rig.ts";
import { reconnectAccounts } from "./reconnect-accounts.ts";
import { readRoutes, type RouteCount } from "./read-routes.ts";
import { setInstagramUpload, setLimits } from "./set-limits.ts";

const END_WITHIN_MS = 240_000;
/** Posts that exist before the first kill, in parts of all, and when the last one is made. */
const FIRST_POSTS = 0.35;
const LAST_POST_AT = 1;

export interface Outcome extends Verdict {
  /** Workers that were killed with targets under way. */
  readonly kills: number;
  readonly routes: readonly RouteCount[];
}

/** Posts and breaks as planned, waits until everything has ended, and compares. `note` hears what happens. */
export async function runPublishing(
  rig: PublishRig,
  plan: PublishPlan,
  seed: number,
  note: (line: string) => void = () => {},
): Promise<Outcome> {
  await setLimits(rig);
  await setInstagramUpload(rig, "push");
  const people = await Promise.all(
    Array.from({ length: plan.people }, (_, number) => createPerson(rig.env, number)),
  );
  const targets = plan.posts.reduce((sum, { platforms }) => sum + platforms.length, 0);
  await addProviderFaults(rig, targets, seed);
  const stopReconnecting = reconnectAccounts(rig, people);
  let kills: number;
  try {
    kills = await killWhilePosting(rig, plan, people, note);
    note("all kills done; waiting for the rest");
    if (plan.endsWithJump) await jumpClock(rig, 3_600);
    await eventually("all targets have ended", async () => await countOpenTargets(rig) === 0, END_WITHIN_MS)
      .catch((error) => note(String(error)));
  } finally {
    note(`${await stopReconnecting()} accounts were connected again`);
  }
  for (const [kind, count] of Object.entries(await countProviderFaults(rig))) note(`${kind}: ${count}`);
  const routes = await readRoutes(rig);
  for (const { route, published, openCalls } of routes) {
    note(`${route}: ${published} published, ${openCalls} calls with an open outcome`);
  }
  return { kills, routes, ...await judgePosts(rig, people, plan.posts) };
}

/** Makes the posts while it kills and disturbs; returns the kills. Throws when a post is refused. */
async function killWhilePosting(
  rig: PublishRig,
  plan: PublishPlan,
  people: readonly Person[],
  note: (line: string) => void,
): Promise<number> {
  const killer = new WorkerKiller(rig);
  const begun: Promise<void>[] = [];
  const refused: unknown[] = [];
  const release = (wanted: number) => {
    const next = plan.posts.slice(begun.length, Math.max(begun.length, Math.ceil(wanted)));
    begun.push(
      ...next.map((post) =>
        createPost(rig, people[post.person]!, post).catch((error) => void refused.push(error))
      ),
    );
    return next.length;
  };
  const all = plan.posts.length;
  const first = FIRST_POSTS * all;
  release(first);
  let kills = 0;
  for (let index = 0; kills < plan.kills.length && refused.length === 0; index++) {
    const outcome = await killer.kill(plan.kills[index % plan.kills.length]!);
    if (outcome === "idle") {
      // Everything has gone out already: the next post comes early. After the last one there is nobody to kill.
      await Promise.all(begun);
      if (await countOpenTargets(rig) === 0 && release(begun.length + 1) === 0) break;
    }
    if (outcome !== "struck") continue;
    kills++;
    release(first + (all - first) * kills / (LAST_POST_AT * plan.kills.length));
    if (kills === plan.pushedKills) await setInstagramUpload(rig, "pull");
    if (kills % 25 === 0) note(`${kills} kills, ${begun.length} of ${all} posts made`);
    const disturbance = plan.disturbances.get(kills);
    if (!disturbance) continue;
    note(`after ${kills} kills: ${disturbance}`);
    await disturb(rig, killer, disturbance, plan.pauseSeconds);
  }
  release(all);
  await Promise.all(begun);
  if (refused.length > 0) throw new AggregateError(refused, "Posts were refused.");
  return kills;
}

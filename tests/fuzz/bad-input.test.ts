import assert from "node:assert/strict";
import { listAuthCases } from "./cases/auth-cases.ts";
import { listDataApiCases } from "./cases/data-api-cases.ts";
import { listFunctionCases, type RouteCases } from "./cases/function-cases.ts";
import { listStorageCases } from "./cases/storage-cases.ts";
import { type CheckBody, checkFunctionBody, checkPlatformBody } from "./support/check-answer.ts";
import { createFuzzWorld, type FuzzWorld } from "./support/fuzz-world.ts";
import { sendRawCases, sendSlowBodies } from "./slow-bodies.ts";
import { sendCases } from "./support/send-cases.ts";

const BASE_PORT = 27900;
/** `npm run proof` sends more of them, and others. */
const RANDOM_BODIES = {
  seed: Number(Deno.env.get("FUZZ_SEED") ?? 1),
  perRoute: Number(Deno.env.get("FUZZ_BODIES") ?? 10),
};

interface Room {
  readonly title: string;
  readonly routes: readonly RouteCases[];
  readonly checkBody: CheckBody;
  /** Fewer than this many cases a route mean that something was not generated. */
  readonly leastPerRoute: number;
}

Deno.test("bad input is refused with the right 4xx, a code and a sentence", async (t) => {
  await using world = await createFuzzWorld(BASE_PORT);
  const rooms: Room[] = [
    room("functions", await listFunctionCases(world, RANDOM_BODIES), checkFunctionBody, 5),
    room("Data API", await listDataApiCases(world), checkPlatformBody, 5),
    room("Storage", await listStorageCases(world), checkPlatformBody, 100),
    room("Auth", listAuthCases(), checkPlatformBody, 5),
  ];
  for (const each of rooms) await sendRoom(t, world, each);
  await t.step("requests written by hand are refused", async () => void await sendRawCases(world));
  await t.step(
    "bodies that come a byte a second are refused in time",
    async () => void await sendSlowBodies(world),
  );
});

async function sendRoom(
  t: Deno.TestContext,
  world: FuzzWorld,
  { title, routes, checkBody, leastPerRoute }: Room,
) {
  const total = { cases: 0, refused: 0, taken: 0, wrong: [] as string[] };
  for (const { title, cases } of routes) {
    assert.ok(cases.length >= leastPerRoute, `${title} has ${cases.length} cases`);
    // Its own limits must not hide how a route meets bad input.
    await world.sql`delete from private.rate_limits`;
    const count = await sendCases(world, cases, checkBody);
    total.cases += count.cases;
    total.refused += count.refused;
    total.taken += count.taken;
    total.wrong.push(...count.wrong);
  }
  const { cases, refused, taken } = total;
  // The title is what the run shows, so it carries the figures.
  await t.step(
    `${title}: ${routes.length} routes, ${cases} cases, ${refused} refused properly, ${taken} odd but legal`,
    () => {
      assert.deepEqual(total.wrong, []);
      assert.equal(refused + taken, routes.reduce((sum, { cases }) => sum + cases.length, 0));
    },
  );
}

function room(
  title: string,
  routes: readonly RouteCases[],
  checkBody: CheckBody,
  leastPerRoute: number,
): Room {
  return { title, routes, checkBody, leastPerRoute };
}

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { decodeJwt } from "jose";
import { consent } from "../../functions/support/onedrive.ts";
import { consentTo } from "../../functions/support/publish.ts";
import { insiders, type Intruder } from "../support/callers.ts";
import { forEachAtOnce } from "../support/for-each-at-once.ts";
import { type Answer, send } from "../support/send.ts";
import type { Tally } from "../support/tally.ts";
import type { World } from "../support/world.ts";
import { hashOwnersRows, listTablesWithRowsOf } from "../support/owners-rows.ts";
import {
  listRouteExamples,
  META_ROUTES,
  PUBLIC_ROUTES,
  type RouteExample,
  withIdsOfNobody,
} from "./route-examples.ts";

const FUNCTIONS_DIR = new URL("../../../supabase/functions", import.meta.url).pathname;
/** What a scheduled route is called with, where that is more than nothing. */
const INTERNAL_BODIES: Readonly<Record<string, unknown>> = { "POST /publish/internal/work": { lane: 0 } };
const VERBS = ["get", "post", "put", "patch", "delete"];

/** Every route of every function as `POST /onedrive/finish`, from the OpenAPI documents they serve. */
export async function listRoutes({ env }: World): Promise<string[]> {
  const routes: string[] = [];
  for await (const entry of Deno.readDir(FUNCTIONS_DIR)) {
    if (!entry.isDirectory || entry.name.startsWith("_")) continue;
    const { status, text } = await send("GET", `${env.API_URL}/functions/v1/${entry.name}/openapi.json`);
    assert.equal(status, 200, `${entry.name} serves no OpenAPI document: ${text}`);
    const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, unknown>> };
    for (const [path, verbs] of Object.entries(paths)) {
      const shown = path.replace(/\/$/, "");
      routes.push(...VERBS.filter((verb) => verb in verbs).map((verb) => `${verb.toUpperCase()} ${shown}`));
    }
  }
  return routes.sort();
}

/** Calls every route as every intruder, then as the owner, whose success makes the refusals count. */
export async function tryRoutes(world: World, intruders: Intruder[], tally: Tally): Promise<void> {
  const email = String(decodeJwt(world.owner.token).email);
  const examples = listRouteExamples(world.owned, email);
  const nobodys = listRouteExamples(withIdsOfNobody(world.owned), `${crypto.randomUUID()}@example.com`);
  const routes = await listRoutes(world);
  const forOthers = [...PUBLIC_ROUTES, ...META_ROUTES];
  const forUsers = routes.filter((route) => !forOthers.includes(route) && !isInternal(route));
  assert.deepEqual(
    forUsers,
    Object.keys(examples).sort(),
    "every route has its example in route-examples.ts",
  );

  const signIn = await consent(world.env, world.owner, world.owned.accountName);
  const channelSignIn = await consentTo(world.env, world.owner, "youtube", "owners-secret-channel");
  const fill = (example: RouteExample) => withSignIn(example, example.platform ? channelSignIn : signIn);
  const attempts: [string, Intruder, Answer][] = [];
  const before = await hashOwnersRows(world);
  const intrude = async (route: string, example: RouteExample, intruder: Intruder) => {
    const answer = await call(world, route, fill(example), intruder.headers);
    const said = `${route} by ${intruder.title}: ${answer.status} ${answer.text}`;
    if (!example.isFresh) {
      const missing = await call(world, route, fill(nobodys[route]!), intruder.headers);
      tally.alike(`routes: ${route}`, intruder, answer, missing);
    }
    if (!intruder.isSignedIn) assert.equal(answer.status, 401, said);
    else if (intruder.kind === "deleted user") assert.ok(answer.status < 500, said);
    else if (example.stranger !== 200) assert.equal(answer.status, example.stranger, said);
    else if (route !== "POST /onedrive/disconnect") assert.equal(answer.status, 200, said);
    attempts.push([`routes: ${route}`, intruder, answer]);
  };
  const calls = Object.entries(examples);
  const inOrder = async (own: readonly Intruder[]) => {
    for (const [route, example] of calls) {
      for (const intruder of own) await intrude(route, example, intruder);
    }
  };
  // Whoever has an account changes it by these calls; to everybody else their order is all the same.
  const outside = intruders.filter(({ isSignedIn }) => !isSignedIn);
  assert.ok(
    intruders.every(({ kind, isSignedIn }) => isSignedIn === ["stranger", "deleted user"].includes(kind)),
  );
  await Promise.all([
    inOrder(intruders.filter(({ kind }) => kind === "stranger")),
    inOrder(intruders.filter(({ kind }) => kind === "deleted user")),
    forEachAtOnce(
      calls.flatMap(([route, example]) => outside.map((intruder) => ({ route, example, intruder }))),
      ({ route, example, intruder }) => intrude(route, example, intruder),
    ),
  ]);
  assert.deepEqual(await hashOwnersRows(world), before, "an intruder changed the owner's rows");
  for (const { kind, headers } of intruders.filter((each) => each.kind === "deleted user")) {
    const { sub } = decodeJwt(headers.authorization!.slice("Bearer ".length));
    assert.deepEqual(await listTablesWithRowsOf(world, sub!), [], `a ${kind} left rows`);
  }
  await storePoster(world);
  for (const [route, example] of Object.entries(examples)) {
    const answer = await call(world, route, fill(example), insiders(world).owner);
    assert.equal(answer.status, example.expected, `${route} by its owner: ${answer.text}`);
    tally.opened(`routes: ${route}`);
  }
  for (const [target, intruder, answer] of attempts) tally.refused(target, intruder, answer);
  for (const route of routes.filter(isInternal)) await tryInternal(world, route, intruders, tally);
  await tryMeta(world, intruders, tally);
}

/** Meta's callbacks take a signature over their text; nobody's session or key stands in for it. */
async function tryMeta(world: World, intruders: Intruder[], tally: Tally): Promise<void> {
  const payload = btoa('{"algorithm":"HMAC-SHA256","issued_at":1,"user_id":"1"}').replaceAll("=", "");
  const sign = (secret: string) => createHmac("sha256", secret).update(payload).digest("base64url");
  const call = (route: string, headers: Intruder["headers"], secret: string, code: string) => {
    const [method = "", path = ""] = route.split(" ");
    const url = `${world.env.API_URL}/functions/v1${path.replace("{code}", code)}`;
    const body = method === "POST" ? `signed_request=${sign(secret)}.${payload}` : undefined;
    return send(method, url, {
      headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
      body,
    });
  };
  let code = "";
  for (const route of META_ROUTES) {
    const genuine = await call(route, {}, world.env.SANDBOX_CLIENT_SECRET!, code);
    assert.equal(genuine.status, 200, `${route}: ${genuine.text}`);
    code = JSON.parse(genuine.text).confirmation_code ?? code;
    tally.opened(`routes: ${route}`);
    await forEachAtOnce(intruders, async (caller) => {
      const answer = await call(route, caller.headers, "another secret", "0".repeat(32));
      assert.ok([401, 404].includes(answer.status), `${route} by ${caller.title}: ${answer.text}`);
      tally.refused(`routes: ${route}`, caller, answer);
    });
  }
}

function isInternal(route: string): boolean {
  return route.includes("/internal/");
}

/** Scheduled routes take a signature over time and path, never a person, not even with the secret key. */
async function tryInternal(world: World, route: string, intruders: Intruder[], tally: Tally): Promise<void> {
  const { owner, operator } = insiders(world);
  const { cronSecret } = JSON.parse(await Deno.readTextFile(join(world.stack.dataDir, "secrets.json")));
  const path = `/functions/v1${route.split(" ")[1]}`;
  const url = `${world.env.API_URL}${path}`;
  const now = Math.floor(Date.now() / 1000);
  const sign = (secret: string, timestamp: string, signed = path): Record<string, string> => ({
    "x-cron-timestamp": timestamp,
    "x-cron-signature": createHmac("sha256", secret).update(`${timestamp}.${signed}`).digest("hex"),
  });
  const body = INTERNAL_BODIES[route];
  const genuine = await send("POST", url, { headers: sign(cronSecret, String(now)), body });
  assert.equal(genuine.status, 202, genuine.text);
  tally.opened(`routes: ${route}`);
  const forged: Record<string, Record<string, string>> = {
    "another secret": sign("x".repeat(64), String(now)),
    "an empty secret's key": sign("\0", String(now)),
    "a signature of two minutes ago": sign(cronSecret, String(now - 120)),
    "a signature of the future": sign(cronSecret, String(now + 120)),
    "a signature of another path": sign(cronSecret, String(now), `${path}-other`),
    "a time that is no number": sign(cronSecret, "NaN"),
    "an endless time": sign(cronSecret, "Infinity"),
    "a fresh time under an old signature": {
      ...sign(cronSecret, String(now - 120)),
      "x-cron-timestamp": `${now}`,
    },
    "a signature without time": { ...sign(cronSecret, String(now)), "x-cron-timestamp": "" },
    "an empty signature": { "x-cron-timestamp": String(now), "x-cron-signature": "" },
  };
  const callers: Intruder[] = [
    ...intruders,
    { title: "a user", kind: "the owner", headers: owner, isSignedIn: true },
    { title: "the secret key", kind: "wrong key", headers: operator, isSignedIn: true },
    ...Object.entries(forged).map(([title, headers]): Intruder => ({
      ...{ title, kind: "forged signature", headers },
      isSignedIn: false,
    })),
  ];
  await forEachAtOnce(callers, async (caller) => {
    const answer = await send("POST", url, { headers: caller.headers, body });
    assert.equal(answer.status, 401, `${route} by ${caller.title}: ${answer.text}`);
    tally.refused(`routes: ${route}`, caller, answer);
  });
}

function withSignIn(example: RouteExample, signIn: URLSearchParams): RouteExample {
  if (!JSON.stringify(example.body ?? null).includes("{state}")) return example;
  return { ...example, body: { code: signIn.get("code"), state: signIn.get("state") } };
}

function call(
  { env }: World,
  route: string,
  example: RouteExample,
  headers: Intruder["headers"],
): Promise<Answer> {
  const [method = "", path = ""] = route.split(" ");
  const { id = "", platform = "", target = "" } = example;
  const filled = path.replace("{id}", id).replace("{platform}", platform).replace("{target}", target);
  const url = `${env.API_URL}/functions/v1${filled}${example.query ?? ""}`;
  return send(method, url, { headers: { ...headers, ...example.headers }, body: example.body });
}

async function storePoster(world: World): Promise<void> {
  const { env, owner, owned } = world;
  const url = `${env.API_URL}/storage/v1/object/posters/${owner.id}/${owned.videoId}.jpg`;
  const headers = { ...insiders(world).owner, "content-type": "image/jpeg" };
  const { status, text } = await send("POST", url, { headers, body: new Uint8Array([255, 216, 255]) });
  assert.equal(status, 200, text);
}

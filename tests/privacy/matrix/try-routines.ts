import assert from "node:assert/strict";
import { decodeJwt } from "jose";
import type { Routine } from "../support/catalog.ts";
import { insiders, type Intruder } from "../support/callers.ts";
import { forEachAtOnce } from "../support/for-each-at-once.ts";
import { type Answer, send } from "../support/send.ts";
import type { Tally } from "../support/tally.ts";
import type { World } from "../support/world.ts";
import { isComputedColumn, tryComputedColumn } from "./try-computed-column.ts";

/** Answers that say "you may not", as against "your arguments are wrong". */
const SHUT = ["42501", "PGRST202", "PGRST301", "PGRST303"];

/** Calls that would cost the owner what the next ones need: they are made with ids of nobody, and answer 404. */
const TOO_MUCH = ["end_own_session"];

/**
 * Calls a function of the Data API as every intruder with the owner's ids. One for operators alone also refuses the
 * owner; that it is there at all the operator proves, with ids of nobody.
 */
export async function tryRoutine(world: World, routine: Routine, intruders: Intruder[], tally: Tally) {
  if (await isComputedColumn(world, routine)) {
    return await tryComputedColumn(world, routine, intruders, tally);
  }
  const url = `${world.env.API_URL}/rest/v1/rpc/${routine.name}`;
  const { owner, operator } = insiders(world);
  const target = `functions: ${routine.name}`;
  assert.ok(
    routine.isForUsers || routine.isForOperators,
    `nobody may call ${routine.name}: does it belong in public?`,
  );

  if (routine.isForUsers) {
    const isTooMuch = TOO_MUCH.includes(routine.name);
    const body = isTooMuch ? nobodysArguments(routine) : ownersArguments(world, routine);
    const answer = await send("POST", url, { headers: owner, body });
    const expected = isTooMuch ? [404] : [200, 204];
    assert.ok(expected.includes(answer.status), `${target} by its owner: ${answer.status} ${answer.text}`);
  } else {
    const answer = await send("POST", url, { headers: operator, body: nobodysArguments(routine) });
    assert.ok(
      answer.status !== 401 && !SHUT.includes(answer.code),
      `${target} by the operator: ${answer.text}`,
    );
  }
  tally.opened(target);

  const body = ownersArguments(world, routine);
  await forEachAtOnce(intruders, async (intruder) => {
    const [answer, missing] = await Promise.all(
      [body, nobodysArguments(routine)].map((args) =>
        send("POST", url, { headers: intruder.headers, body: args })
      ),
    ) as [Answer, Answer];
    tally.refused(target, intruder, answer);
    tally.alike(target, intruder, answer, missing);
    if (routine.isForUsers) return;
    assert.ok(answer.status >= 400, `${target} by ${intruder.title}: ${answer.status} ${answer.text}`);
  });
  if (!routine.isForUsers) {
    const answer = await send("POST", url, { headers: owner, body });
    assert.ok(SHUT.includes(answer.code), `${target} by a user: ${answer.status} ${answer.text}`);
    tally.add(target, "the owner");
  }
}

const TEXTS: Record<string, string | null> = {
  ...{ p_status: null, p_marketplace: null, p_cursor: null, p_after: null },
  p_table: "sourced_products",
};

/** Ids that are no user's: of leases, of tabs, of rows the engine keeps for itself. */
const NOBODYS = {
  p_holder: crypto.randomUUID(),
  p_uploader_id: crypto.randomUUID(),
  p_lease_token: crypto.randomUUID(),
  p_id: crypto.randomUUID(),
  p_after: crypto.randomUUID(),
};

function ownersArguments({ owner, owned }: World, routine: Routine): Record<string, unknown> {
  const ids: Record<string, string> = {
    p_user_id: owner.id,
    p_product_id: owned.productId,
    p_video_id: owned.videoId,
    video_id: owned.videoId,
    p_connection_id: /oauth|reconnect/.test(routine.name) ? owned.channelId : owned.connectionId,
    p_post_id: owned.postId,
    p_target_id: owned.targetId,
    p_variant_id: owned.variantId,
    p_bulk_id: owned.bulkId,
    p_mail_id: owned.mailId,
    p_item_id: owned.bulkItemId,
    p_session_id: routine.isForUsers ? String(decodeJwt(owner.token).session_id) : owned.uploadId,
    ...NOBODYS,
  };
  return fill(routine, (name) => {
    const id = ids[name];
    assert.ok(id, `${routine.name}: say in try-routines.ts which of the owner's ids ${name} is`);
    return id;
  });
}

function nobodysArguments(routine: Routine): Record<string, unknown> {
  return fill(routine, () => crypto.randomUUID());
}

function fill(routine: Routine, idFor: (name: string) => string): Record<string, unknown> {
  const values: Record<string, (name: string) => unknown> = {
    uuid: idFor,
    "uuid[]": (name) => [idFor(name.replace(/s$/, ""))],
    // Both an absent filter and a plausible text have to be refused; null also fits every check.
    text: (name) => name in TEXTS ? TEXTS[name] : "x",
    "text[]": () => [],
    integer: (name) => name === "p_limit" ? 1 : 0,
    bigint: () => 0,
    "double precision": () => 0,
    boolean: () => false,
    jsonb: (name) => name === "p_after" ? null : {},
    "timestamp with time zone": () => new Date().toISOString(),
  };
  return Object.fromEntries(routine.parameters.map(({ name, type }) => {
    const value = values[type];
    assert.ok(value, `${routine.name}: no example of type ${type} in try-routines.ts`);
    return [name, value(name)];
  }));
}

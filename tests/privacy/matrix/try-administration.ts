import assert from "node:assert/strict";
import { insiders, type Intruder } from "../support/callers.ts";
import { forEachAtOnce } from "../support/for-each-at-once.ts";
import { send } from "../support/send.ts";
import type { Tally } from "../support/tally.ts";
import type { World } from "../support/world.ts";

/** The administrator's part of the auth server: reading, deleting and signing in other people. For operators alone. */
export async function tryAdministration(world: World, intruders: Intruder[], tally: Tally): Promise<void> {
  const { env, owner, stranger } = world;
  const { owner: asOwner, operator } = insiders(world);
  const user = `${env.API_URL}/auth/v1/admin/users/${owner.id}`;
  const { email } = JSON.parse((await send("GET", user, { headers: operator })).text);
  assert.ok(email, "the operator reads the owner's account");
  const link = { type: "magiclink", email };
  const calls: [string, string, string, unknown?][] = [
    ["read a user", "GET", user],
    ["change a user", "PUT", user, { password: "another-password" }],
    ["delete a user", "DELETE", user],
    ["list users", "GET", `${env.API_URL}/auth/v1/admin/users`],
    ["make a sign-in link", "POST", `${env.API_URL}/auth/v1/admin/generate_link`, link],
  ];
  const callers: Intruder[] = [
    ...intruders,
    { title: "a user", kind: "the owner", headers: asOwner, isSignedIn: true },
  ];
  for (const [title, method, url, body] of calls) {
    const target = `administration: ${title}`;
    tally.opened(target);
    await forEachAtOnce(callers, async (caller) => {
      const answer = await send(method, url, { headers: caller.headers, body });
      assert.ok(answer.status >= 400, `${target} by ${caller.title}: ${answer.status} ${answer.text}`);
      assert.ok(!answer.text.includes(email), `${target} tells ${caller.title} the address`);
      tally.refused(target, { ...caller, isSignedIn: false }, answer);
    });
  }
  const { data } = await stranger.client.auth.getUser(owner.token);
  assert.equal(data.user?.id, owner.id, "the owner is there as before");
}

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { graphRefusal } from "../support/meta-account.ts";
import {
  getGraph,
  longFacebookToken,
  requestFacebookToken,
  shortFacebookToken,
  VERSION,
} from "../support/meta-sign-in.ts";
import type { Json } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";

let sandbox: SandboxProcess;
shareSandbox((started) => sandbox = started);

function debugToken(token: string): Promise<Json> {
  return getGraph(
    sandbox,
    `/debug_token?input_token=${token}`,
    `${sandbox.clientId}|${sandbox.clientSecret}`,
  );
}

Deno.test("a token is exchanged for sixty days, again and again, until it expires", async () => {
  const exchange = (token: string) =>
    requestFacebookToken(sandbox, { grant_type: "fb_exchange_token", fb_exchange_token: token });
  const long: Json = await (await exchange(await shortFacebookToken(sandbox, "ann"))).json();
  assert.deepEqual([long.token_type, long.expires_in], ["bearer", 5_183_944]);
  const longer: Json = await (await exchange(long.access_token)).json();
  assert.notEqual(longer.access_token, long.access_token);
  await sandbox.settings({ service: "meta", hide_expires_in: true, token_lifetime_s: 0 });
  const expired: Json = await (await exchange(longer.access_token)).json();
  assert.equal("expires_in" in expired, false);
  assert.deepEqual(await graphRefusal(exchange(expired.access_token)), [400, 190, 463]);
  assert.deepEqual(await graphRefusal(exchange("nonsense")), [400, 190, null]);
});

Deno.test("debug_token describes tokens to the app alone", async () => {
  const short = await shortFacebookToken(sandbox, "ann");
  const known: Json = (await debugToken(short)).data;
  assert.deepEqual([known.app_id, known.type, known.is_valid], [sandbox.clientId, "USER", true]);
  assert.ok(known.expires_at > Date.now() / 1000 && known.data_access_expires_at > known.expires_at);
  assert.ok(known.scopes.includes("instagram_content_publish"));
  assert.deepEqual(known.granular_scopes[0], { scope: "pages_show_list" });
  assert.equal((await getGraph(sandbox, `/debug_token?input_token=${short}`, short)).error.code, 100);
  const unknown: Json = (await debugToken("nonsense")).data;
  assert.deepEqual([unknown.is_valid, unknown.error.code], [false, 190]);
  const long = await longFacebookToken(sandbox, "ann");
  const pages = await getGraph(sandbox, "/me/accounts", long);
  const page: Json = (await debugToken(pages.data[0].access_token)).data;
  assert.deepEqual([page.type, page.profile_id, page.expires_at], ["PAGE", pages.data[0].id, 0]);
});

Deno.test("removing the app ends every token of the person", async () => {
  const token = await longFacebookToken(sandbox, "ann");
  const other = await longFacebookToken(sandbox, "ben");
  const pageToken = (await getGraph(sandbox, "/me/accounts", token)).data[0].access_token;
  const { id } = await getGraph(sandbox, "/me", token);
  const url = `${sandbox.urls.META_GRAPH_URL}/${VERSION}/${id}/permissions?access_token=${token}`;
  assert.deepEqual(await (await fetch(url, { method: "DELETE" })).json(), { success: true });
  for (const dead of [token, pageToken]) {
    const { error } = await getGraph(sandbox, "/me", dead);
    assert.deepEqual([error.code, error.error_subcode, error.type], [190, 458, "OAuthException"]);
  }
  assert.equal((await debugToken(token)).data.error.subcode, 458);
  assert.equal((await getGraph(sandbox, "/me", other)).name, "Ben");
  assert.equal((await getGraph(sandbox, "/me", await longFacebookToken(sandbox, "ann"))).id, id);
});

Deno.test("a proof of the app secret must be right, and may be demanded", async () => {
  const token = await longFacebookToken(sandbox, "ann");
  const proof = createHmac("sha256", sandbox.clientSecret).update(token).digest("hex");
  assert.equal((await getGraph(sandbox, `/me?appsecret_proof=${proof}`, token)).name, "Ann");
  assert.equal((await getGraph(sandbox, "/me?appsecret_proof=00", token)).error.code, 100);
  await sandbox.settings({ service: "meta", require_appsecret_proof: true });
  assert.equal((await getGraph(sandbox, "/me", token)).error.code, 100);
  assert.equal((await getGraph(sandbox, `/me?appsecret_proof=${proof}`, token)).name, "Ann");
});

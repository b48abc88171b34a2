import assert from "node:assert/strict";
import { graphRefusal, MetaAccount, putBytes, uploadRefusal } from "../support/meta-account.ts";
import {
  askMetaCode,
  getGraph,
  longFacebookToken,
  redeemInstagramCode,
  requestFacebookToken,
  requestInstagramToken,
} from "../support/meta-sign-in.ts";
import { makeBytes } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";

const BYTES = makeBytes(200_000);

let sandbox: SandboxProcess;
let ann: MetaAccount;
let direct: MetaAccount;
shareSandbox((started) => sandbox = started);
Deno.test.beforeEach(async () => {
  ann = await MetaAccount.connect(sandbox, "ann");
  direct = await MetaAccount.connect(sandbox, "ann", "instagram");
});

type Service = "meta" | "instagram";

function fault(service: Service, kind: string, extra: Record<string, unknown> = {}): Promise<void> {
  return sandbox.fault({ service, kind, ...extra });
}

Deno.test("revoke ends the person's tokens with the subcode of choice", async () => {
  const [page] = (await getGraph(sandbox, "/me/accounts", ann.token)).data;
  await fault("meta", "revoke", { path: "/*/content_publishing_limit" });
  const limit = ann.graph("GET", `/${ann.id}/content_publishing_limit`);
  assert.deepEqual(await graphRefusal(limit), [400, 190, 458]);
  assert.equal((await getGraph(sandbox, "/me", page.access_token)).error.error_subcode, 458);
  assert.equal((await direct.graph("GET", "/me")).status, 200, "Instagram Login is a grant of its own");

  for (const subcode of [459, 460, 464, 467, 492]) {
    const again = await MetaAccount.connect(sandbox, "ann");
    await fault("meta", "revoke", { value: subcode, path: "/*/me" });
    assert.deepEqual(await graphRefusal(again.graph("GET", "/me")), [400, 190, subcode]);
    const ended = requestFacebookToken(sandbox, {
      grant_type: "fb_exchange_token",
      fb_exchange_token: again.token,
    });
    assert.deepEqual(await graphRefusal(ended), [400, 190, subcode]);
  }
  await fault("instagram", "revoke", { value: 460, path: "/*/me" });
  assert.deepEqual(await graphRefusal(direct.graph("GET", "/me")), [400, 190, 460]);
});

Deno.test("revoke works on exchange, upload and form bodies as well", async () => {
  const token = await longFacebookToken(sandbox, "ben");
  await fault("meta", "revoke", { value: 460, path: "/*/oauth/access_token" });
  const exchange = requestFacebookToken(sandbox, {
    grant_type: "fb_exchange_token",
    fb_exchange_token: token,
  });
  assert.deepEqual(await graphRefusal(exchange), [400, 190, 460]);
  const { uri } = await ann.createResumable();
  await fault("meta", "revoke", { path: "/ig-api-upload/*" });
  const upload = putBytes(uri, ann.token, BYTES, 0, BYTES.length);
  assert.deepEqual(await uploadRefusal(upload), [400, "NotAuthorizedError", false]);
  const cleo = await MetaAccount.connect(sandbox, "cleo");
  await fault("meta", "revoke", { path: "/*/media_publish" });
  const form = new URLSearchParams({ creation_id: "1", access_token: cleo.token });
  const url = `${sandbox.urls.META_GRAPH_URL}/${cleo.id}/media_publish`;
  assert.deepEqual(await graphRefusal(fetch(url, { method: "POST", body: form })), [400, 190, 458]);
  await fault("instagram", "revoke", { path: "/oauth/access_token" });
  const code = await askMetaCode(sandbox, "instagram", "dan");
  assert.equal((await requestInstagramToken(sandbox, { code })).status, 400);
  assert.equal((await redeemInstagramCode(sandbox, "dan")).data.length, 1);
});

import assert from "node:assert/strict";
import { pacificDay } from "../../../sandbox/google/pacific-day.ts";
import { QuotaLedger } from "../../../sandbox/google/quota-ledger.ts";
import { BlobStore } from "../../../sandbox/kit/blob-store.ts";
import type { Kit } from "../../../sandbox/kit/provider.ts";
import { SettingsStore } from "../../../sandbox/kit/settings.ts";
import { GoogleAccount, makeVideo, refusal } from "../support/google-account.ts";
import { makeBytes } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";

let sandbox: SandboxProcess;
shareSandbox((started) => sandbox = started);

const BYTES = makeBytes(2000);

Deno.test("uploads of all channels share the project's day, counted when the session opens", async () => {
  await sandbox.settings({ service: "google", inserts_per_day: 2 });
  const ann = await GoogleAccount.connect(sandbox, "ann");
  const bob = await GoogleAccount.connect(sandbox, "bob");
  const session = await ann.openSession(BYTES.length);
  await bob.openSession(BYTES.length);
  const refused = await bob.requestSession(makeVideo());
  const body = await refused.json();
  assert.deepEqual([refused.status, body.error.errors[0].domain, body.error.errors[0].reason], [
    403,
    "youtube.quota",
    "quotaExceeded",
  ]);
  assert.equal((await fetch(session, { method: "PUT", body: BYTES })).status, 201, "open sessions go on");
  assert.equal(
    (await ann.api("GET", "/channels?part=id&mine=true")).status,
    200,
    "other calls have their own",
  );
  await sandbox.settings({ service: "google", inserts_per_day: 1 });
  await bob.openSession(BYTES.length);
  assert.deepEqual(await refusal(bob.requestSession(makeVideo())), [403, "quotaExceeded"]);
});

Deno.test("every other call costs units, changes cost fifty", async () => {
  const ann = await GoogleAccount.connect(sandbox, "ann");
  const { id } = await ann.upload(BYTES);
  await sandbox.settings({ service: "google", units_per_day: 52 });
  const update = { id, snippet: { title: "New", categoryId: "22" } };
  assert.equal((await ann.api("PUT", "/videos?part=snippet", update)).status, 200);
  assert.equal((await ann.api("GET", `/videos?part=id&id=${id}`)).status, 200);
  assert.deepEqual(await refusal(ann.api("DELETE", `/videos?id=${id}`)), [403, "quotaExceeded"]);
  assert.deepEqual(await refusal(ann.api("GET", "/videos?part=nothing")), [400, "unknownPart"]);
  assert.deepEqual(await refusal(ann.api("GET", `/videos?part=id&id=${id}`)), [403, "quotaExceeded"]);
});

Deno.test("a channel has a share of its own per day", async () => {
  await sandbox.settings({ service: "google", uploads_per_channel: 1 });
  const ann = await GoogleAccount.connect(sandbox, "ann");
  const bob = await GoogleAccount.connect(sandbox, "bob");
  await ann.openSession(BYTES.length);
  assert.deepEqual(await refusal(ann.requestSession(makeVideo())), [400, "uploadLimitExceeded"]);
  await bob.openSession(BYTES.length);
});

Deno.test("a day ends at midnight in California, in summer and winter", () => {
  const day = (iso: string) => pacificDay(Date.parse(iso));
  assert.deepEqual([day("2026-07-01T06:59:59Z"), day("2026-07-01T07:00:00Z")], ["2026-06-30", "2026-07-01"]);
  assert.deepEqual([day("2026-12-01T07:59:59Z"), day("2026-12-01T08:00:00Z")], ["2026-11-30", "2026-12-01"]);
});

Deno.test("an allowance starts anew at midnight in California", async () => {
  const dataDir = await Deno.makeTempDir();
  let now = Date.parse("2026-07-01T06:59:00Z");
  const settings = new SettingsStore();
  settings.apply("google", { inserts_per_day: 1 });
  const app = {
    clientId: "",
    clientSecret: "",
    redirectUris: [],
    deauthorizeUrl: null,
    dataDeletionUrl: null,
  };
  const blobs = new BlobStore(dataDir);
  const kit: Kit = { app, settings, blobs, urls: {}, now: () => now, random: Math.random, touch: () => {} };
  const ledger = new QuotaLedger(kit);
  ledger.spend("inserts", 1);
  assert.throws(() => ledger.spend("inserts", 1), { reason: "quotaExceeded" });
  now += 60_000;
  ledger.spend("inserts", 1);
  assert.throws(() => ledger.spend("inserts", 1), { reason: "quotaExceeded" });
  await Deno.remove(dataDir, { recursive: true });
});

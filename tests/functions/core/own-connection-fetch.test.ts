import assert from "node:assert/strict";
import { fetchOnOwnConnection } from "../../../supabase/functions/_shared/core/own-connection-fetch.ts";
import { startMuteServer } from "../support/mute-server.ts";

const body = new Uint8Array(300_000);

// The client lives as long as the process.
Deno.test("a call on its own connection is never repeated", {
  sanitizeResources: false,
}, async () => {
  await using server = startMuteServer();
  // Leaves an idle connection in the pool of the usual fetch, and one call of our own behind.
  await (await fetch(`${server.url}/answer`)).text();
  await (await fetchOnOwnConnection(`${server.url}/answer`)).text();
  await assert.rejects(
    fetchOnOwnConnection(`${server.url}/mute`, { method: "PUT", body }),
  );
  await assert.rejects(
    fetchOnOwnConnection(`${server.url}/mute`, {
      method: "POST",
      body: "creation_id=1",
    }),
  );
  assert.deepEqual(server.requests(), [
    "1 GET /answer",
    "2 GET /answer",
    "3 PUT /mute",
    "4 POST /mute",
  ]);
});

Deno.test("a call on its own connection says its length", async () => {
  await using server = startMuteServer();
  await (await fetchOnOwnConnection(`${server.url}/answer`, {
    method: "PUT",
    body,
  })).text();
  assert.deepEqual(server.lengths(), [300_000]);
});

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import {
  ProviderApiError,
  ProviderAuthError,
} from "../../../supabase/functions/_shared/core/provider-errors.ts";
import { FacebookQuotaSpent } from "../../../supabase/functions/_shared/providers/facebook/finish-error.ts";
import { createFacebookReelClient } from "../../../supabase/functions/_shared/providers/facebook/reel-client.ts";
import { GraphRefusal } from "../../../supabase/functions/_shared/providers/facebook/error-answer.ts";
import { readSignedRequest } from "../../../supabase/functions/_shared/providers/facebook/signed-request.ts";
import {
  createMetaUploadClient,
  UploadRefused,
} from "../../../supabase/functions/_shared/providers/facebook/upload-client.ts";

interface Asked {
  url: string;
  headers: Headers;
  body: string;
}

/** A client whose every call is answered like this. */
function createClients(status: number, body: unknown) {
  const asked: Asked[] = [];
  const doFetch: typeof fetch = (input, init) => {
    asked.push({
      url: String(input),
      headers: new Headers(init?.headers),
      body: init?.body instanceof Uint8Array ? `${init.body.length} bytes` : String(init?.body ?? ""),
    });
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return Promise.resolve(new Response(text, { status }));
  };
  return {
    asked,
    reels: createFacebookReelClient({ base: "https://graph.facebook.com/v26.0", fetch: doFetch }),
    uploads: createMetaUploadClient({
      uploadUrl: "https://rupload.facebook.com",
      version: "v26.0",
      kind: "video-upload",
      provider: "facebook",
      fetch: doFetch,
    }),
  };
}

const readStatus = (status: unknown) => createClients(200, { id: "1", status }).reels.read("t", "1");

Deno.test("Facebook Reels: starting and finishing as the API wants it", async () => {
  const started = createClients(200, '{"video_id":17841405822304914,"upload_url":"https://x"}');
  assert.equal(await started.reels.start("token", "61"), "17841405822304914");
  const finished = createClients(200, { success: true });
  await finished.reels.finish("token", "61", "17", { description: "A & b", title: "T" });
  const [{ url, headers, body }] = finished.asked as [Asked];
  assert.equal(url, "https://graph.facebook.com/v26.0/61/video_reels");
  assert.equal(headers.get("authorization"), "Bearer token");
  assert.deepEqual(Object.fromEntries(new URLSearchParams(body)), {
    upload_phase: "finish",
    video_id: "17",
    video_state: "PUBLISHED",
    description: "A & b",
    title: "T",
  });
  const odd = createClients(200, { video_id: "../me" });
  await assert.rejects(() => odd.reels.start("t", "61"), ProviderApiError);
  await assert.rejects(
    () => createClients(200, { success: false }).reels.finish("t", "6", "1", { description: "" }),
    ProviderApiError,
  );
});

Deno.test("Facebook Reels: a status in the words of the guide and in those of its answers", async () => {
  for (
    const phase of [
      { status: "in_progress", bytes_transfered: 50_002 },
      { status: "in_progress", bytes_transferred: 50_002 },
    ]
  ) {
    const found = await readStatus({ video_status: "processing", uploading_phase: phase });
    assert.deepEqual([found!.isUploaded, found!.bytes], [false, 50_002]);
  }
  await assert.rejects(
    () => readStatus({ video_status: "uploading", uploading_phase: { status: "in_progress" } }),
    ProviderApiError,
  );
  for (const done of ["complete", "completed"]) {
    const found = await readStatus({
      video_status: "processing",
      uploading_phase: { status: done },
      processing_phase: { status: "in_progress" },
      publishing_phase: { status: "not_started" },
    });
    assert.deepEqual([found!.isUploaded, found!.processing, found!.publishing], [
      true,
      "under_way",
      "not_begun",
    ]);
    const out = await readStatus({
      video_status: "ready",
      uploading_phase: { status: done },
      processing_phase: { status: done },
      publishing_phase: { status: done, publish_status: "published", publish_time: 1 },
    });
    assert.deepEqual([out!.publishing, out!.failure], ["published", null]);
  }
  assert.equal((await readStatus({ video_status: "upload_complete" }))!.isUploaded, true);
  assert.equal((await readStatus({ video_status: "expired" }))!.isGone, true);
});

Deno.test("Facebook Reels: what is wrong is found wherever Facebook says it", async () => {
  const low = { message: "Resolution too low. Video must have a minimum resolution of 540p." };
  const cases = [
    [{ processing_phase: { status: "not_started", error: low } }, null],
    [{ processing_phase: { status: "error", errors: [{ code: 1363128, message: "x" }] } }, 1363128],
    [{ publishing_phase: { status: "error", error: { code: 1363008, message: "x" } } }, 1363008],
  ] as const;
  for (const [phases, code] of cases) {
    const found = await readStatus({ video_status: "processing", ...phases });
    assert.deepEqual(found!.failure, { code });
  }
  assert.deepEqual((await readStatus({ video_status: "error" }))!.failure, { code: null });
});

Deno.test("Facebook Reels: a video it does not know is none, other refusals are said", async () => {
  const refuse = (status: number, error: object) => createClients(status, { error }).reels;
  assert.equal(await refuse(400, { code: 100, error_subcode: 33 }).read("t", "1"), null);
  await assert.rejects(() => refuse(400, { code: 100 }).read("t", "1"), GraphRefusal);
  const finish = (error: object) => refuse(400, error).finish("t", "6", "1", { description: "" });
  await assert.rejects(() => finish({ code: 32 }), FacebookQuotaSpent);
  await assert.rejects(() => finish({ code: 613 }), FacebookQuotaSpent);
  await assert.rejects(() => finish({ code: 190, error_subcode: 492 }), ProviderAuthError);
  await assert.rejects(() => finish({ code: 6000, error_subcode: 1363127 }), GraphRefusal);
  await assert.rejects(
    () => finish({ code: 4 }),
    (error) => error instanceof ProviderApiError && error.status === 429,
  );
});

Deno.test("Meta's upload host: what its answers mean", async () => {
  const bytes = new Uint8Array(3);
  const put = (status: number, body: unknown) =>
    createClients(status, body).uploads.put("token", "17", bytes, { start: 5, total: 8 });
  const debug = (type: string, retriable = false) => ({ debug_info: { retriable, type, message: "" } });
  const { asked, uploads } = createClients(200, { success: true });
  assert.equal(await uploads.put("token", "17", bytes, { start: 5, total: 8 }), true);
  const [{ url, headers, body }] = asked as [Asked];
  assert.equal(url, "https://rupload.facebook.com/video-upload/v26.0/17");
  assert.deepEqual(
    ["authorization", "offset", "file_size"].map((name) => headers.get(name)),
    ["OAuth token", "5", "8"],
  );
  assert.equal(body, "3 bytes");
  assert.equal(await put(412, debug("OffsetInvalidError", true)), false);
  assert.equal(await put(400, debug("PartialRequestError", true)), false);
  await assert.rejects(() => put(400, debug("ProcessingFailedError")), UploadRefused);
  await assert.rejects(() => put(400, debug("ProcessingFailedError", true)), ProviderApiError);
  await assert.rejects(() => put(400, debug("NotAuthorizedError")), ProviderAuthError);
  await assert.rejects(() => put(502, "<html>"), ProviderApiError);
});

Deno.test("Meta's signed requests: only the app's own signature counts", async () => {
  const encode = (value: unknown) => btoa(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_");
  const sign = (payload: string, secret = "secret") =>
    createHmac("sha256", secret).update(payload).digest("base64url");
  const message = { algorithm: "HMAC-SHA256", issued_at: 1_791_000_000, user_id: "12345678901234567" };
  const payload = encode(message).replaceAll("=", "");
  const read = await readSignedRequest(`${sign(payload)}.${payload}`, "secret");
  assert.deepEqual(read, { personId: message.user_id, issuedAt: new Date(1_791_000_000_000) });
  assert.deepEqual(await readSignedRequest(`${sign(payload)}=.${payload}`, "secret"), read, "padded");
  const number = btoa('{"algorithm":"HMAC-SHA256","issued_at":1791000000,"user_id":12345678901234567}')
    .replaceAll("=", "");
  assert.equal(
    (await readSignedRequest(`${sign(number)}.${number}`, "secret"))?.personId,
    "12345678901234567",
  );
  const none = encode({ ...message, algorithm: "none" });
  for (
    const text of [
      `${sign(payload, "other")}.${payload}`,
      `${sign(payload)}.${encode({ ...message, user_id: "1" })}`,
      `${sign(none)}.${none}`,
      `${sign("é")}.é`,
      `.${payload}`,
      payload,
      "",
    ]
  ) {
    assert.equal(await readSignedRequest(text, "secret"), null, text);
  }
});

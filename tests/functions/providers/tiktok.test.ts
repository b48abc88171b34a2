import assert from "node:assert/strict";
import {
  ProviderApiError,
  ProviderAuthError,
} from "../../../supabase/functions/_shared/core/provider-errors.ts";
import { createTiktokClients } from "../../../supabase/functions/_shared/providers/tiktok/create-tiktok-clients.ts";
import {
  TiktokCapReached,
  TiktokRefusal,
} from "../../../supabase/functions/_shared/providers/tiktok/error-answer.ts";
import { nextStart, planChunks } from "../../../supabase/functions/publish/platforms/tiktok/chunks.ts";

const ENV = {
  TIKTOK_API_URL: "https://open.tiktokapis.com",
  TIKTOK_UPLOAD_URL: "https://open-upload.tiktokapis.com",
};
const POST = {
  title: "A kettle",
  privacyLevel: "SELF_ONLY",
  disableComment: false,
  disableDuet: true,
  disableStitch: false,
  isBranded: false,
  isOwnBrand: true,
  isAiGenerated: true,
};
const PLAN = { totalBytes: 10, chunkBytes: 10, count: 1 };

/** Clients that get one recorded answer, and what they asked. */
function answerWith(body: string, init: ResponseInit = {}) {
  const asked: { url: string; init?: RequestInit }[] = [];
  const clients = createTiktokClients(ENV, (url, request) => {
    asked.push({ url: String(url), init: request });
    return Promise.resolve(new Response(body, init));
  });
  return { ...clients, asked };
}

const envelope = (data: string, code = "ok") =>
  `{"data":${data},"error":{"code":"${code}","message":"","log_id":"2026"}}`;

Deno.test("a public id of 19 digits is read as it stands in the answer", async () => {
  const { client } = answerWith(envelope(
    `{"status":"PUBLISH_COMPLETE","fail_reason":"","publicaly_available_post_id":[7412345678901234567],"uploaded_bytes":10}`,
  ));
  assert.deepEqual(await client.getStatus("token", "v_pub_file~1"), {
    state: "complete",
    failReason: null,
    postId: "7412345678901234567",
    uploadedBytes: 10,
  });
});

Deno.test("ids may come as text, be few digits long, or be missing", async () => {
  const idOf = async (ids: string) => {
    const { client } = answerWith(envelope(`{"status":"PUBLISH_COMPLETE"${ids}}`));
    return (await client.getStatus("token", "v_pub_file~1")).postId;
  };
  assert.equal(await idOf(`,"publicaly_available_post_id":["7412345678901234567"]`), "7412345678901234567");
  assert.equal(await idOf(`,"publicaly_available_post_id":[42]`), "42");
  assert.equal(await idOf(`,"publicaly_available_post_id":[]`), null);
  assert.equal(await idOf(""), null);
});

Deno.test("an announcement says everything that was chosen, in TikTok's words", async () => {
  const upload_url = "https://open-upload-va.tiktokapis.com/video/?upload_id=1&upload_token=2";
  const { client, asked } = answerWith(
    envelope(`{"publish_id":"v_pub_file~1","upload_url":"${upload_url}"}`),
  );
  const announced = await client.init("token", POST, PLAN);
  assert.deepEqual(announced, { publishId: "v_pub_file~1", uploadUrl: upload_url });
  assert.equal(asked[0]!.url, "https://open.tiktokapis.com/v2/post/publish/video/init/");
  assert.deepEqual(JSON.parse(String(asked[0]!.init!.body)), {
    post_info: {
      title: "A kettle",
      privacy_level: "SELF_ONLY",
      disable_comment: false,
      disable_duet: true,
      disable_stitch: false,
      brand_content_toggle: false,
      brand_organic_toggle: true,
      is_aigc: true,
    },
    source_info: { source: "FILE_UPLOAD", video_size: 10, chunk_size: 10, total_chunk_count: 1 },
  });
});

Deno.test("bytes go to TikTok's own hosts alone", async () => {
  for (
    const url of [
      "https://tiktokapis.com.evil.example/",
      "http://a.tiktokapis.com/",
      "https://u@a.tiktokapis.com/",
    ]
  ) {
    const { client } = answerWith(envelope(`{"publish_id":"v_pub_file~1","upload_url":"${url}"}`));
    await assert.rejects(() => client.init("token", POST, PLAN), /upload_url_not_allowed/, url);
  }
});

Deno.test("a refusal is read from its code, also when the status is 200", async () => {
  const cases: [string, number, unknown][] = [
    ["spam_risk_too_many_posts", 200, TiktokCapReached],
    ["reached_active_user_cap", 403, TiktokCapReached],
    ["spam_risk_user_banned_from_posting", 200, TiktokRefusal],
    ["invalid_param", 400, TiktokRefusal],
    ["access_token_invalid", 200, ProviderAuthError],
    ["scope_permission_missed", 401, ProviderAuthError],
    ["rate_limit_exceeded", 429, ProviderApiError],
    ["internal_error", 200, ProviderApiError],
  ];
  for (const [code, status, kind] of cases) {
    const { creators } = answerWith(envelope("{}", code), { status });
    await assert.rejects(
      () => creators.read("token"),
      (error) => error instanceof (kind as typeof Error),
      code,
    );
  }
  const gateway = answerWith("<html>Bad gateway</html>", { status: 502 });
  await assert.rejects(
    () => gateway.creators.read("token"),
    (error) => error instanceof ProviderApiError && error.isTransient,
  );
});

Deno.test("what is stored is read from the answer to a chunk", async () => {
  const part = { start: 0, end: 5, total: 10 };
  const put = async (status: number, range?: string) => {
    const headers: HeadersInit = range === undefined ? {} : { "content-range": range };
    const { uploads, asked } = answerWith("", { status, headers });
    const state = await uploads.put("https://upload/?token=1", new Uint8Array(5), part, "video/x-m4v");
    const sent = new Headers(asked[0]!.init!.headers);
    assert.deepEqual([sent.get("content-range"), sent.get("content-type")], ["bytes 0-4/10", "video/mp4"]);
    return state;
  };
  assert.deepEqual(await put(206, "bytes 0-5/10"), { kind: "stored", bytes: 5 });
  assert.deepEqual(await put(416, "bytes 0-4/10"), { kind: "elsewhere", bytes: 4 });
  assert.deepEqual(await put(206), { kind: "stored", bytes: null });
  assert.deepEqual([await put(201), await put(403), await put(404)].map(({ kind }) => kind), [
    "complete",
    "gone",
    "gone",
  ]);
  await assert.rejects(put(400), TiktokRefusal);
  await assert.rejects(put(503), ProviderApiError);
});

Deno.test("files are cut as TikTok wants them, whatever its megabyte is", () => {
  const sizes = [
    1,
    4_999_999,
    64_000_000,
    64_000_001,
    66_000_007,
    129_999_999,
    512 * 1024 ** 2,
    4 * 1024 ** 3,
  ];
  for (const size of sizes) {
    const { chunkBytes, count, lastStart, totalBytes } = planChunks(size);
    assert.equal(totalBytes, size);
    assert.equal(count, Math.floor(size / chunkBytes), `${size}: the count is rounded down`);
    assert.ok(count >= 1 && count <= 1000);
    assert.equal(lastStart, (count - 1) * chunkBytes);
    if (count === 1) {
      assert.ok(chunkBytes === size && size <= 64_000_000);
    } else {
      assert.ok(chunkBytes >= 5 * 1024 ** 2 && chunkBytes <= 64_000_000, `${size}: ${chunkBytes}`);
      assert.ok(size - lastStart <= 128_000_000 && size - lastStart < chunkBytes + count);
    }
  }
});

Deno.test("the next chunk begins at a boundary, whether TikTok counts bytes or names the last one", () => {
  const plan = planChunks(66_000_007);
  assert.deepEqual([plan.count, plan.chunkBytes], [6, 11_000_001]);
  for (const stored of [0, 1, 2, 5]) {
    const bytes = stored * plan.chunkBytes;
    assert.equal(nextStart(plan, bytes), bytes);
    if (stored > 0) assert.equal(nextStart(plan, bytes - 1), bytes);
  }
  assert.equal(nextStart(plan, 66_000_007), 66_000_007);
  assert.equal(nextStart(plan, 66_000_006), 66_000_007);
});

import assert from "node:assert/strict";
import { createRouters, request } from "../support/routers.ts";
import { signShared, validClaims } from "../support/tokens.ts";

const ID = "0b8d4c6e-1f2a-4b3c-8d4e-5f6a7b8c9d0e";
const routers = createRouters();
const headers = { authorization: `Bearer ${await signShared(validClaims())}` };

async function call(
  method: string,
  path: string,
  init: { body?: unknown; headers?: Record<string, string> } = {},
) {
  const name = path.split("/")[1]!.split("?")[0] as keyof typeof routers;
  const all = { ...init, headers: { ...headers, ...init.headers } };
  const response = await routers[name].fetch(request(method, path, all));
  return { status: response.status, body: await response.json() };
}

const upload = { filename: "a.mp4", size: 10, mime_type: "video/mp4", fingerprint: "ab".repeat(32) };

const INVALID: [string, string, unknown][] = [
  ["POST", "/onedrive/finish", {}],
  ["POST", "/onedrive/finish", { code: "", state: "x".repeat(20) }],
  ["POST", "/onedrive/finish", { code: "c", state: "short" }],
  ["POST", "/onedrive/finish", { code: 5, state: {} }],
  ["POST", "/onedrive/finish", { code: "c".repeat(9000), state: "x".repeat(20) }],
  ["POST", "/onedrive/finish", []],
  ["POST", "/onedrive/finish", null],
  ["POST", "/onedrive/finish", '"text"'],
  ["POST", "/onedrive/folders", { name: "   " }],
  ["POST", "/onedrive/folders", { name: "a".repeat(300) }],
  ["POST", "/onedrive/folders", { name: "x", parent_id: "\ud800" }],
  ["POST", "/onedrive/set-folder", { folder_id: "" }],
  ["POST", "/onedrive/set-folder", { folder_id: "\ud800" }],
  ["POST", "/onedrive/upload-url", {}],
  ["POST", "/onedrive/upload-url", { ...upload, size: 0 }],
  ["POST", "/onedrive/upload-url", { ...upload, size: -1 }],
  ["POST", "/onedrive/upload-url", { ...upload, size: 1.5 }],
  ["POST", "/onedrive/upload-url", { ...upload, size: "10" }],
  ["POST", "/onedrive/upload-url", { ...upload, size: 1e15 }],
  ["POST", "/onedrive/upload-url", { ...upload, filename: "" }],
  ["POST", "/onedrive/upload-url", { ...upload, mime_type: "video" }],
  ["POST", "/onedrive/upload-url", { ...upload, mime_type: "video/mp4\u0000" }],
  ["POST", "/onedrive/upload-url", { ...upload, product_id: "1" }],
  ["POST", "/onedrive/upload-url", { ...upload, fingerprint: "xyz" }],
  ["GET", "/onedrive/uploads/not-a-uuid", undefined],
  ["GET", `/onedrive/uploads/${ID}?take_over=maybe`, undefined],
  ["POST", `/onedrive/uploads/${ID}/progress`, { next_offset: -5 }],
  ["POST", `/onedrive/uploads/${ID}/progress`, { next_offset: 5, hash: { offset: 1, state: "\u0000" } }],
  ["POST", `/onedrive/uploads/${ID}/progress`, { next_offset: 5, expires_at: "tomorrow" }],
  ["POST", `/onedrive/uploads/${ID}/complete`, { quickxor: "short" }],
  ["POST", `/onedrive/uploads/${ID}/complete`, { quickxor: "A".repeat(27) + "=", width: 0 }],
  ["DELETE", "/onedrive/connections/1", undefined],
  ["POST", "/publish/connections/tiktok/blotato", {}],
  ["POST", "/publish/connections/tiktok/blotato", { api_key: "two words" }],
  ["POST", "/publish/connections/tiktok/blotato", { api_key: "k".repeat(600) }],
  ["POST", "/publish/connections/tiktok/blotato", { api_key: "key-\u0000-with-nul" }],
  ["POST", "/publish/connections/tiktok/blotato", { account_id: 5 }],
  ["GET", "/videos?limit=0", undefined],
  ["GET", "/videos?limit=abc", undefined],
  ["GET", "/videos?cursor=abc&limit=0", undefined],
  ["GET", "/videos?product_id=abc", undefined],
  ["GET", "/videos/abc", undefined],
  ["PATCH", `/videos/${ID}`, {}],
  ["PATCH", `/videos/${ID}`, { is_primary: false }],
  ["PATCH", `/videos/${ID}`, { filename: " " }],
  ["PATCH", `/videos/${ID}`, { poster_path: "x" }],
  ["POST", `/videos/${ID}/associate`, {}],
  ["POST", `/videos/${ID}/associate`, { product_id: "x" }],
  ["DELETE", `/videos/${ID}?keep_file=perhaps`, undefined],
  ["GET", "/tasks/influencer-tasks?marketplace=FR", undefined],
  ["GET", "/tasks/influencer-tasks?status=done", undefined],
  ["GET", "/tasks/influencer-tasks?limit=9999", undefined],
  ["GET", "/tasks/influencer-tasks?product_id=%00", undefined],
  ["PATCH", `/tasks/influencer-tasks/${ID}`, {}],
  ["PATCH", `/tasks/influencer-tasks/${ID}`, { status: "done" }],
  ["PATCH", `/tasks/influencer-tasks/${ID}`, { video_id: ID }],
  ["PATCH", "/tasks/influencer-tasks/1", { status: "completed" }],
];

for (const [method, path, body] of INVALID) {
  const shown = JSON.stringify(body)?.slice(0, 90) ?? "";
  Deno.test(`${method} ${path} ${shown} is refused with the field named`, async () => {
    const answer = await call(method, path, body === undefined ? {} : { body });
    assert.equal(answer.status, 400);
    assert.equal(answer.body.code, "invalid_request");
    assert.ok(answer.body.details.length > 0);
    for (const problem of answer.body.details) {
      assert.match(problem.message, /^\S.* .*\.$/, "a sentence");
      assert.doesNotMatch(problem.message, /Invalid|expected|received|undefined|NaN/, "in our own words");
      assert.ok(problem.path === "" || problem.message.length > 10);
    }
  });
}

const SENTENCES: [string, string, unknown, { path: string; message: string }[]][] = [
  ["POST", "/onedrive/upload-url", { ...upload, size: -1, filename: undefined }, [
    { path: "filename", message: "filename is missing." },
    { path: "size", message: "size has to be more than 0." },
  ]],
  ["POST", "/onedrive/upload-url", { ...upload, size: "10", product_id: "1" }, [
    { path: "size", message: "size has to be a number." },
    { path: "product_id", message: "product_id has to be a UUID." },
  ]],
  ["POST", "/onedrive/upload-url", [], [{ path: "", message: "The body has to be a JSON object." }]],
  ["PATCH", `/tasks/influencer-tasks/${ID}`, { status: "done", video_id: ID }, [
    { path: "status", message: "status has to be one of pending, completed, skipped." },
    { path: "", message: "The body must not have video_id." },
  ]],
  ["GET", "/tasks/influencer-tasks?limit=9999", undefined, [
    { path: "limit", message: "limit has to be at most 200." },
  ]],
  ["POST", `/onedrive/uploads/${ID}/complete`, { quickxor: "short" }, [
    { path: "quickxor", message: "quickxor is base64 of 20 bytes." },
  ]],
];

for (const [method, path, body, expected] of SENTENCES) {
  Deno.test(`${method} ${path} ${JSON.stringify(body)?.slice(0, 60) ?? ""} is refused in sentences`, async () => {
    const answer = await call(method, path, body === undefined ? {} : { body });
    assert.deepEqual(answer.body.details, expected);
  });
}

for (const path of ["/videos?cursor=garbage", "/videos?cursor=", "/tasks/influencer-tasks?cursor="]) {
  Deno.test(`GET ${path} is refused as a cursor of nobody's`, async () => {
    const answer = await call("GET", path);
    assert.deepEqual([answer.status, answer.body.code, answer.body.details], [
      400,
      "invalid_cursor",
      undefined,
    ]);
  });
}

Deno.test("A file that is no video is refused before anything is asked", async () => {
  const answer = await call("POST", "/onedrive/upload-url", {
    body: { ...upload, mime_type: "application/pdf" },
  });
  assert.deepEqual([answer.status, answer.body.code], [422, "unsupported_file_type"]);
});

Deno.test("An uploader id that is no UUID is refused", async () => {
  const answer = await call("POST", "/onedrive/upload-url", {
    body: upload,
    headers: { "x-uploader-id": "tab 1" },
  });
  assert.deepEqual([answer.status, answer.body.code], [400, "invalid_request"]);
});

Deno.test("Broken JSON is refused as such", async () => {
  const answer = await call("POST", "/onedrive/finish", { body: '{"code":' });
  assert.deepEqual([answer.status, answer.body.code], [400, "invalid_json"]);
});

Deno.test("A body of another type is refused", async () => {
  const answer = await call("POST", "/onedrive/finish", {
    body: "code=1",
    headers: { "content-type": "text/plain" },
  });
  assert.deepEqual([answer.status, answer.body.code], [415, "unsupported_media_type"]);
});

Deno.test("A missing body is refused", async () => {
  const answer = await call("POST", "/onedrive/finish");
  assert.equal(answer.status, 400);
});

Deno.test("A body beyond the limit is refused", async () => {
  const answer = await call("POST", "/onedrive/finish", { body: { code: "c".repeat(70_000), state: "x" } });
  assert.deepEqual([answer.status, answer.body.code], [413, "body_too_large"]);
});

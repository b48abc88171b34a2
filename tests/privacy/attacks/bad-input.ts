import assert from "node:assert/strict";
import { send } from "../support/send.ts";
import type { World } from "../support/world.ts";

/** What no answer shows: code, files, addresses behind the gateway, statements. */
const INNARDS =
  /\bat \S+ \(|\.ts:\d|node_modules|file:\/\/|postgres(ql)?:\/\/|ECONNREFUSED|\bselect .+ from\b|stack trace/i;

const BODIES: readonly [string, string | Uint8Array, Record<string, string>?][] = [
  ["malformed JSON", "{"],
  ["no bytes", ""],
  ["null", "null"],
  ["an array", "[]"],
  ["an infinite number", "1e999"],
  ["30,000 open brackets", "[".repeat(30_000)],
  ["8,000 nested objects", '{"a":'.repeat(8_000) + "1" + "}".repeat(8_000)],
  ["invalid UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ["prototype keys", '{"__proto__":{"status":"completed"},"constructor":{"prototype":{"polluted":1}}}'],
  ["engine fields", '{"user_id":"x","is_primary":false,"lease_token":"x","video_is_inherited":true}'],
  ["more than 64 KiB", JSON.stringify({ title: "x".repeat(70_000) })],
  ["8 MB", new Uint8Array(8_000_000)],
  ["plain text", "status=completed", { "content-type": "text/plain" }],
  ["a form", "status=completed", { "content-type": "application/x-www-form-urlencoded" }],
  [
    "a zero character",
    '{"title":"a\\u0000b","filename":"a\\u0000b.mp4","product_id":"a\\u0000","name":"a\\u0000"}',
  ],
];

/** Every route that takes a body refuses each of these with a 4xx, a code and a sentence; returns the count. */
export async function sendBadBodies(world: World): Promise<number> {
  const { env, sql, stranger, strangersOwn } = world;
  const headers = {
    apikey: env.PUBLISHABLE_KEY!,
    authorization: `Bearer ${stranger.token}`,
    "content-type": "application/json",
  };
  const { taskId, videoId, uploadId, postId, targetId } = strangersOwn;
  const routes: [string, string][] = [
    ["PATCH", `tasks/influencer-tasks/${taskId}`],
    ["PATCH", `videos/${videoId}`],
    ["POST", `videos/${videoId}/associate`],
    ["POST", "onedrive/folders"],
    ["POST", "onedrive/set-folder"],
    ["POST", "onedrive/finish"],
    ["POST", "onedrive/upload-url"],
    ["POST", `onedrive/uploads/${uploadId}/progress`],
    ["POST", `onedrive/uploads/${uploadId}/complete`],
    ["POST", "publish/connections/youtube/finish"],
    ["POST", "publish/posts"],
    ["POST", `publish/posts/${postId}/targets/${targetId}/decide`],
  ];
  const read = () => sql`select to_jsonb(t) from influencer_tasks t where id = ${taskId}`;
  const before = await read();
  let count = 0;
  for (const [title, body, more] of BODIES) {
    for (const [method, path] of routes) {
      const answer = await send(method, `${env.API_URL}/functions/v1/${path}`, {
        headers: { ...headers, ...more },
        body,
      });
      const said = `${method} ${path} with ${title}: ${answer.status} ${answer.text.slice(0, 300)}`;
      assert.ok(answer.status >= 400 && answer.status < 500, said);
      const error = JSON.parse(answer.text);
      assert.match(error.code, /^[a-z_]+$/, said);
      assert.ok(error.message.length > 5 && error.requestId, said);
      assert.doesNotMatch(answer.text, INNARDS, said);
      count++;
    }
  }
  assert.deepEqual([...await read()], [...before]);
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
  return count;
}

/** Spellings of a scheduled route, and of files beside the functions, that might slip past the checks. */
export async function bendPaths({ env }: World): Promise<void> {
  const paths = [
    ...[
      "onedrive/internal%2frefresh-tokens",
      "onedrive/Internal/refresh-tokens",
      "onedrive//internal/refresh-tokens",
    ],
    ...[
      "onedrive/internal/refresh-tokens/",
      "onedrive/x/..%2finternal/refresh-tokens",
      "onedrive/callback/..%2fstatus",
    ],
    ...[
      "onedrive/openapi.json/../status",
      "_shared/core/env.ts",
      "..%2f..%2fsecrets.json",
      "constructor",
      "__proto__",
    ],
  ];
  for (const path of paths) {
    for (const method of ["GET", "POST"]) {
      const answer = await send(method, `${env.API_URL}/functions/v1/${path}`, {
        headers: { apikey: env.PUBLISHABLE_KEY! },
      });
      assert.ok(
        [401, 404, 405].includes(answer.status),
        `${method} ${path}: ${answer.status} ${answer.text}`,
      );
      assert.doesNotMatch(answer.text, INNARDS, path);
    }
  }
}

/** Any origin may ask, none is sent cookies or credentials along. */
export async function askFromElsewhere({ env }: World): Promise<void> {
  for (const path of ["functions/v1/videos", "rest/v1/profiles", "storage/v1/bucket", "auth/v1/user"]) {
    const answer = await send("OPTIONS", `${env.API_URL}/${path}`, {
      headers: { origin: "https://evil.example", "access-control-request-method": "GET" },
    });
    assert.equal(answer.headers.get("access-control-allow-origin"), "*", path);
    assert.equal(answer.headers.get("access-control-allow-credentials"), null, path);
  }
}

import assert from "node:assert/strict";
import { insiders } from "../support/callers.ts";
import { send } from "../support/send.ts";
import type { World } from "../support/world.ts";

const JPEG = { "content-type": "image/jpeg" };
const BYTES = new TextEncoder().encode("other");

/** Dots, encoded slashes and odd bytes in an object's name lead neither into another folder nor out of the store. */
export async function climbOutOfFolder(world: World) {
  const { env, sql, owner, stranger } = world;
  const objects = `${env.API_URL}/storage/v1/object`;
  const headers = { apikey: env.PUBLISHABLE_KEY!, authorization: `Bearer ${stranger.token}` };
  const stored = await send("POST", `${objects}/posters/${owner.id}/kept.jpg`, {
    headers: { ...insiders(world).owner, ...JPEG },
    body: new TextEncoder().encode("owners-secret"),
  });
  assert.equal(stored.status, 200, stored.text);
  const own = stranger.id;
  const paths = [
    `${own}/../${owner.id}/kept.jpg`,
    `${own}/..%2f${owner.id}/kept.jpg`,
    `${own}%2f..%2f${owner.id}%2fkept.jpg`,
    `${own}/%2e%2e/${owner.id}/kept.jpg`,
    `${own}/%252e%252e/${owner.id}/kept.jpg`,
    `${own}//../${owner.id}/kept.jpg`,
    `${own}/..%5c..%5c${owner.id}/kept.jpg`,
    `.%2f${owner.id}/kept.jpg`,
    `%2f${owner.id}/kept.jpg`,
    `/${owner.id}/kept.jpg`,
    `%20${owner.id}/kept.jpg`,
    `${owner.id.toUpperCase()}/kept.jpg`,
    `${own}/..%2f..%2f..%2f..%2fsecrets.json`,
    "..%2f..%2f..%2fsecrets.json",
  ];
  for (const path of paths) {
    const at = `posters/${path}`;
    const answers = [
      await send("GET", `${objects}/${at}`, { headers }),
      await send("GET", `${objects}/info/${at}`, { headers }),
      await send("POST", `${objects}/${at}`, {
        headers: { ...headers, ...JPEG, "x-upsert": "true" },
        body: BYTES,
      }),
      await send("GET", `${objects}/${at}`, { headers }),
      await send("POST", `${objects}/sign/${at}`, { headers, body: { expiresIn: 60 } }),
      await send("DELETE", `${objects}/${at}`, { headers }),
    ];
    for (const { status, text } of answers) {
      assert.ok(
        status < 500 && !text.includes("owners-secret") && !text.includes("jwtSecret"),
        `${path}: ${text}`,
      );
    }
  }
  const [row] = await sql`
    select owner_id from storage.objects where bucket_id = 'posters' and name = ${`${owner.id}/kept.jpg`}`;
  assert.equal(row!.owner_id, owner.id, "the owner's object is the owner's still");
  const foreign = await sql`
    select name from storage.objects where starts_with(name, ${`${owner.id}/`}) and owner_id <> ${owner.id}`;
  assert.deepEqual([...foreign], [], "nobody else put anything into the owner's folder");
  const kept = await send("GET", `${objects}/posters/${owner.id}/kept.jpg`, {
    headers: insiders(world).owner,
  });
  assert.equal(kept.text, "owners-secret");
}

/** A signed address is good for its own object and its own purpose, and is no session. */
export async function reuseSignedAddresses({ env, owner, stranger }: World) {
  const storage = `${env.API_URL}/storage/v1`;
  const headers = { apikey: env.PUBLISHABLE_KEY!, authorization: `Bearer ${stranger.token}` };
  const own = `posters/${stranger.id}/own.jpg`;
  const foreign = `posters/${owner.id}/kept.jpg`;
  const upload = JSON.parse((await send("POST", `${storage}/object/upload/sign/${own}`, { headers })).text);
  const put = (path: string, token: string) =>
    send("PUT", `${storage}/object/upload/sign/${path}?token=${token}`, { headers: JPEG, body: BYTES });
  assert.equal((await put(own, upload.token)).status, 200);
  const { signedURL } = JSON.parse(
    (await send("POST", `${storage}/object/sign/${own}`, {
      headers,
      body: { expiresIn: 60 },
    })).text,
  );
  assert.equal((await send("GET", storage + signedURL)).status, 200);
  const read = new URL(storage + signedURL).searchParams.get("token")!;
  const signed = (path: string, token: string) => `${storage}/object/sign/${path}?token=${token}`;
  const tries = [
    await put(foreign, upload.token),
    await put(`${own}%2f..%2f..%2f${owner.id}/kept.jpg`, upload.token),
    await put(own, read),
    await send("GET", signed(foreign, read)),
    await send("GET", signed(own, upload.token)),
    await send("GET", signed(foreign, stranger.token)),
    await send("GET", `${env.API_URL}/functions/v1/videos`, { headers: { authorization: `Bearer ${read}` } }),
    await send("GET", `${storage}/object/authenticated/${own}`, {
      headers: { authorization: `Bearer ${upload.token}` },
    }),
    await send("GET", `${env.API_URL}/rest/v1/profiles`, {
      headers: { ...headers, authorization: `Bearer ${read}` },
    }),
  ];
  for (const { status, text } of tries) assert.ok(status === 400 || status === 401, `${status} ${text}`);
}

/** An upload in parts goes on, and is dropped, only by who began it. */
export async function joinResumableUpload(world: World) {
  const { env, owner, stranger } = world;
  const headers = { apikey: env.PUBLISHABLE_KEY!, authorization: `Bearer ${stranger.token}` };
  const tus = { "tus-resumable": "1.0.0" };
  const begin = (caller: Record<string, string>, name: string) => {
    const fields = { bucketName: "posters", objectName: name, contentType: "image/jpeg" };
    const metadata = Object.entries(fields).map(([key, value]) => `${key} ${btoa(value)}`).join(",");
    return send("POST", `${env.API_URL}/storage/v1/upload/resumable`, {
      headers: { ...caller, ...tus, "upload-length": String(BYTES.length), "upload-metadata": metadata },
    });
  };
  const part = { ...tus, "upload-offset": "0", "content-type": "application/offset+octet-stream" };
  const begun = await begin(insiders(world).owner, `${owner.id}/parts.jpg`);
  assert.equal(begun.status, 201, begun.text);
  const at = new URL(begun.headers.get("location")!, env.API_URL).href;
  const others: Record<string, string>[] = [headers, { apikey: env.PUBLISHABLE_KEY! }, {}];
  for (const caller of others) {
    assert.equal((await send("PATCH", at, { headers: { ...caller, ...part }, body: BYTES })).status, 403);
    assert.equal((await send("DELETE", at, { headers: { ...caller, ...tus } })).status, 403);
  }
  const sent = await send("PATCH", at, { headers: { ...insiders(world).owner, ...part }, body: BYTES });
  assert.equal(sent.status, 204, sent.text);
  for (const name of [`${owner.id}/theirs.jpg`, "../../x.jpg", `${owner.id}/../${owner.id}/x.jpg`]) {
    assert.equal((await begin(headers, name)).status, 403, name);
  }
}

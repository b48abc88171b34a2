import assert from "node:assert/strict";
import { insiders, type Intruder } from "../support/callers.ts";
import { forEachAtOnce } from "../support/for-each-at-once.ts";
import { type Answer, send } from "../support/send.ts";
import type { Tally } from "../support/tally.ts";
import type { World } from "../support/world.ts";

export interface Bucket {
  readonly id: string;
  readonly public: boolean;
  readonly allowed_mime_types: readonly string[] | null;
}

interface Operation {
  readonly title: string;
  readonly method: string;
  /** Below /storage/v1. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Only the bytes carry the mark; names of objects may be repeated in refusals. */
const CONTENT = "owners-secret";
/** Buckets that hold what the engine alone writes and reads: there the owner is refused like everybody. */
const ENGINES = ["published-videos"];
/** An object of the caller's own, to be put into somebody else's folder. */
const MINE = "mine.bin";

/** Who may work in a bucket, and who else tries. */
export function listBucketCallers(world: World, bucket: Bucket, intruders: Intruder[]) {
  const { owner, operator } = insiders(world);
  if (!ENGINES.includes(bucket.id)) return { rightful: owner, others: intruders };
  const user: Intruder = { title: "its user", kind: "the owner", headers: owner, isSignedIn: true };
  return { rightful: operator, others: [...intruders, user] };
}

/** Every operation of Storage on the owner's objects: by the owner on one object, by every intruder on another. */
export async function tryBucket(
  world: World,
  bucket: Bucket,
  intruders: Intruder[],
  tally: Tally,
): Promise<void> {
  assert.equal(bucket.public, false, `${bucket.id} is public: say here what anybody may read in it`);
  const { owner, stranger, sql } = world;
  const { rightful: as, others } = listBucketCallers(world, bucket, intruders);
  const folder = owner.id;
  const titles = operations(bucket, "a/b", "a/c", "a").map(({ title }) => title);

  await forEachAtOnce([...titles.entries()], async ([index, title]) => {
    // A folder for each, where one operation takes nothing from another.
    const below = `${folder}/${index}`;
    const spent = `${below}/spent.bin`;
    for (const name of [spent, `${below}/${MINE}`]) {
      const stored = await run(world, upload(bucket, name), as);
      assert.equal(stored.status, 200, `the owner cannot fill bucket ${bucket.id}: ${stored.text}`);
    }
    const answer = await run(world, operations(bucket, spent, `${below}/own`, below)[index]!, as);
    assert.ok(answer.status < 300, `${bucket.id} ${title} by its owner: ${answer.status} ${answer.text}`);
    tally.opened(`storage: ${bucket.id} ${title}`);
  });

  const strangersAs = others === intruders
    ? { apikey: world.env.PUBLISHABLE_KEY!, authorization: `Bearer ${stranger.token}` }
    : as;
  assert.equal((await run(world, upload(bucket, `${stranger.id}/${MINE}`), strangersAs)).status, 200);
  const kept = `${folder}/kept.bin`;
  assert.equal((await run(world, upload(bucket, kept), as)).status, 200);
  const readRows = () =>
    sql`select name, version from storage.objects where bucket_id = ${bucket.id} order by name`;
  const before = await readRows();
  const nobody = crypto.randomUUID();
  for (const [index, title] of titles.entries()) {
    const target = `storage: ${bucket.id} ${title}`;
    await forEachAtOnce(others, async (intruder) => {
      const loot = intruder.isSignedIn ? stranger.id : folder;
      const answer = await run(
        world,
        operations(bucket, kept, `${folder}/in`, loot)[index]!,
        intruder.headers,
      );
      const said = `${target} by ${intruder.title}: ${answer.status} ${answer.text}`;
      if (title.startsWith("list")) assert.ok(!answer.text.includes("kept"), said);
      else if (title === "sign many") assert.ok(!answer.text.includes("token="), said);
      else if (title === "delete many") assert.ok(answer.status >= 400 || answer.text === "[]", said);
      else assert.ok(answer.status >= 400, said);
      // Storage answers a request without a token as the anonymous role, which sees an empty list.
      tally.refused(target, { ...intruder, isSignedIn: answer.status < 400 || intruder.isSignedIn }, answer);
      const missing = await run(
        world,
        operations(bucket, `${nobody}/kept.bin`, `${nobody}/in`, loot)[index]!,
        intruder.headers,
      );
      tally.alike(target, intruder, withoutNames(answer, folder), withoutNames(missing, nobody));
    });
    assert.deepEqual([...await readRows()], [...before], `${target} changed objects`);
  }
}

/** The bucket itself: read, change, empty and remove. For operators alone; users are refused like strangers. */
export async function tryBucketAdministration(
  world: World,
  bucket: Bucket,
  intruders: Intruder[],
  tally: Tally,
): Promise<void> {
  const { owner, operator } = insiders(world);
  const callers: Intruder[] = [
    ...intruders,
    { title: "a user", kind: "the owner", headers: owner, isSignedIn: true },
  ];
  const seen = await run(world, { title: "", method: "GET", path: `bucket/${bucket.id}` }, operator);
  assert.equal(seen.status, 200, seen.text);
  for (
    const operation of [
      { title: "list buckets", method: "GET", path: "bucket" },
      { title: "read bucket", method: "GET", path: `bucket/${bucket.id}` },
      { title: "change bucket", method: "PUT", path: `bucket/${bucket.id}`, body: { public: true } },
      { title: "empty bucket", method: "POST", path: `bucket/${bucket.id}/empty` },
      { title: "remove bucket", method: "DELETE", path: `bucket/${bucket.id}` },
      { title: "add bucket", method: "POST", path: "bucket", body: { name: `${bucket.id}-2` } },
      {
        title: "public download",
        method: "GET",
        path: `object/public/${bucket.id}/${world.owner.id}/kept.bin`,
      },
    ]
  ) {
    const target = `storage: ${bucket.id} ${operation.title}`;
    tally.opened(target);
    await forEachAtOnce(callers, async (caller) => {
      const answer = await run(world, operation, caller.headers);
      if (operation.title === "list buckets" && answer.status === 200) assert.equal(answer.text, "[]");
      else assert.ok(answer.status >= 400, `${target} by ${caller.title}: ${answer.status} ${answer.text}`);
      tally.refused(target, { ...caller, isSignedIn: caller.isSignedIn || answer.text === "[]" }, answer);
    });
  }
  const left = await run(world, { title: "", method: "GET", path: `bucket/${bucket.id}` }, operator);
  assert.equal(JSON.parse(left.text).public, false);
}

/** Refusals and empty answers may repeat the name that was asked for, and nothing else. */
function withoutNames(answer: Answer, folder: string): Answer {
  return { ...answer, text: answer.text.replaceAll(folder, "FOLDER") };
}

function run({ env }: World, operation: Operation, headers: Operation["headers"]): Promise<Answer> {
  return send(operation.method, `${env.API_URL}/storage/v1/${operation.path}`, {
    headers: { ...headers, ...operation.headers },
    body: operation.body,
  });
}

/**
 * @param kept the owner's object
 * @param added a free name in the owner's folder
 * @param taken folder an intruder would carry things off to
 */
function operations(bucket: Bucket, kept: string, added: string, taken: string): Operation[] {
  const id = bucket.id;
  const folder = kept.slice(0, kept.indexOf("/"));
  const base64 = (text: string) => btoa(text);
  const metadata = `bucketName ${base64(id)},objectName ${base64(`${added}-tus`)},contentType ${
    base64(type(bucket))
  }`;
  const move = (sourceKey: string, destinationKey: string) => ({ bucketId: id, sourceKey, destinationKey });
  return [
    { title: "download", method: "GET", path: `object/${id}/${kept}` },
    { title: "head", method: "HEAD", path: `object/${id}/${kept}` },
    { title: "authenticated download", method: "GET", path: `object/authenticated/${id}/${kept}` },
    { title: "info", method: "GET", path: `object/info/${id}/${kept}` },
    { title: "authenticated info", method: "GET", path: `object/info/authenticated/${id}/${kept}` },
    { title: "list", method: "POST", path: `object/list/${id}`, body: { prefix: folder } },
    {
      title: "list top",
      method: "POST",
      path: `object/list/${id}`,
      body: { prefix: "", search: folder },
    },
    { title: "list-v2", method: "POST", path: `object/list-v2/${id}`, body: { prefix: folder } },
    { title: "sign", method: "POST", path: `object/sign/${id}/${kept}`, body: { expiresIn: 60 } },
    { title: "sign many", method: "POST", path: `object/sign/${id}`, body: { expiresIn: 60, paths: [kept] } },
    { title: "sign upload", method: "POST", path: `object/upload/sign/${id}/${added}-signed` },
    upload(bucket, `${added}-new`),
    { ...upload(bucket, kept, "PUT"), title: "overwrite" },
    {
      title: "resumable upload",
      method: "POST",
      path: "upload/resumable",
      headers: { "tus-resumable": "1.0.0", "upload-length": "4", "upload-metadata": metadata },
    },
    {
      ...upload(bucket, kept),
      title: "upsert",
      headers: { "content-type": type(bucket), "x-upsert": "true" },
    },
    {
      title: "copy in",
      method: "POST",
      path: "object/copy",
      body: move(`${taken}/${MINE}`, `${added}-copied`),
    },
    {
      title: "move in",
      method: "POST",
      path: "object/move",
      body: move(`${taken}/${MINE}`, `${added}-moved`),
    },
    { title: "copy away", method: "POST", path: "object/copy", body: move(kept, `${taken}/copy`) },
    { title: "move away", method: "POST", path: "object/move", body: move(kept, `${taken}/move`) },
    { title: "delete", method: "DELETE", path: `object/${id}/${kept}` },
    { title: "delete many", method: "DELETE", path: `object/${id}`, body: { prefixes: [kept] } },
  ];
}

function upload(bucket: Bucket, key: string, method = "POST"): Operation {
  const headers = { "content-type": type(bucket) };
  const body = new TextEncoder().encode(CONTENT);
  return { title: "upload", method, path: `object/${bucket.id}/${key}`, body, headers };
}

function type(bucket: Bucket): string {
  return bucket.allowed_mime_types?.[0] ?? "application/octet-stream";
}

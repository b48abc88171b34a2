import type { Case } from "../support/case.ts";
import type { FuzzWorld } from "../support/fuzz-world.ts";
import type { RouteCases } from "./function-cases.ts";

const ODD_NAMES = [
  "..%2f..%2fetc%2fpasswd",
  "a%2f..%2fb.jpg",
  "a%00b.jpg",
  "%ff.jpg",
  "%E0%A4%A",
  "a%0d%0ab.jpg",
  "x".repeat(2_000),
  "a/".repeat(600) + "b",
];
const JSON_ROUTES: readonly [method: string, path: string][] = [
  ["POST", "object/list/{bucket}"],
  ["POST", "object/sign/{bucket}"],
  ["POST", "object/sign/{bucket}/{user}/x.jpg"],
  ["POST", "object/upload/sign/{bucket}/x.jpg"],
  ["POST", "object/move"],
  ["POST", "object/copy"],
  ["DELETE", "object/{bucket}"],
  ["POST", "bucket"],
  ["PUT", "bucket/{bucket}"],
];
const BODIES: readonly [string, string | Uint8Array][] = [
  ["one brace", "{"],
  ["nothing", ""],
  ["null", "null"],
  ["a list", "[1]"],
  ["a number", "5"],
  [
    "wrong types",
    '{"prefix":5,"prefixes":5,"paths":"x","limit":"x","bucketId":[],"sourceKey":{},"expiresIn":"x","id":5}',
  ],
  ["negative numbers", '{"prefix":"","limit":-1,"offset":-1,"expiresIn":-1,"paths":[],"prefixes":[]}'],
  [
    "zero characters",
    '{"prefix":"a\\u0000","prefixes":["a\\u0000"],"paths":["a\\u0000"],"bucketId":"a\\u0000","id":"a\\u0000"}',
  ],
  ["invalid UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ["30,000 open brackets", "[".repeat(30_000)],
];

/** Bad requests to every kind of route of the Storage API, for every bucket there is. */
export async function listStorageCases({ sql, caller }: FuzzWorld): Promise<RouteCases[]> {
  const buckets = await sql<{ id: string }[]>`select id from storage.buckets order by id`;
  const cases = [...buckets.map(({ id }) => id), "no-such-bucket"].flatMap((bucket) => [
    ...JSON_ROUTES.flatMap(([method, route]) => listJson(method, fill(route, bucket, caller.id))),
    ...ODD_NAMES.flatMap((name) => listName(`${bucket}/${caller.id}/${name}`)),
    ...listUploads(`${bucket}/${caller.id}/x.jpg`),
  ]);
  return [{ title: "Storage", cases: [...cases, ...listResumable()] }];
}

function fill(route: string, bucket: string, userId: string): string {
  return `/storage/v1/${route.replace("{bucket}", bucket).replace("{user}", userId)}`;
}

function listJson(method: string, path: string): Case[] {
  return BODIES.map(([title, body]) => ({
    ...{ method, path, body, headers: { "content-type": "application/json" }, mayBeTaken: true },
    title: `${method} ${path}: the body is ${title}`,
  }));
}

function listName(path: string): Case[] {
  const title = path.slice(0, 90);
  return [
    { method: "GET", path: `/storage/v1/object/authenticated/${path}`, title: `GET ${title}` },
    {
      ...{ method: "POST", path: `/storage/v1/object/${path}`, body: new Uint8Array([1]) },
      headers: { "content-type": "text/html" },
      title: `POST ${title}`,
    },
  ];
}

function listUploads(path: string): Case[] {
  const target = { method: "POST", path: `/storage/v1/object/${path}` };
  return [
    { ...target, body: "x", headers: { "content-type": "text/html" }, title: `${path}: HTML` },
    {
      ...{ ...target, body: "x", headers: { "content-type": "multipart/form-data" } },
      title: `${path}: a form without a boundary`,
    },
    {
      ...{ ...target, body: "--x\r\n\r\n", headers: { "content-type": "multipart/form-data; boundary=x" } },
      title: `${path}: a form that stops`,
    },
    {
      ...target,
      body: "x",
      headers: { "content-type": "image/jpeg", "x-metadata": "%%%" },
      title: `${path}: metadata`,
      mayBeTaken: true,
    },
  ];
}

function listResumable(): Case[] {
  const path = "/storage/v1/upload/resumable";
  const tus = (headers: Record<string, string>) => ({ "tus-resumable": "1.0.0", ...headers });
  const cases: Case[] = [
    { method: "POST", path, headers: tus({}), title: "a resumable upload without a length" },
    { method: "POST", path, headers: tus({ "upload-length": "x" }), title: "a resumable upload of length x" },
    {
      method: "POST",
      path,
      headers: tus({ "upload-length": "-1" }),
      title: "a resumable upload of length -1",
    },
    {
      ...{ method: "POST", path, headers: tus({ "upload-length": "5", "upload-metadata": "%%% %%%" }) },
      title: "a resumable upload with metadata of nonsense",
    },
    {
      method: "PATCH",
      path: `${path}/eA`,
      headers: tus({ "upload-offset": "0" }),
      title: "a part for nothing",
    },
    { method: "HEAD", path: `${path}/%00`, headers: tus({}), title: "a question for nothing" },
  ];
  return cases.map((each) => ({ ...each, isPlain: true }));
}

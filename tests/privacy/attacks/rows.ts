import assert from "node:assert/strict";
import { insiders } from "../support/callers.ts";
import { type Answer, send } from "../support/send.ts";
import type { World } from "../support/world.ts";

const strangersHeaders = ({ env, stranger }: World) => ({
  apikey: env.PUBLISHABLE_KEY!,
  authorization: `Bearer ${stranger.token}`,
});

/** Pointing an own row at the owner's answers exactly like pointing it at nothing: no way in, and nothing learnt. */
export async function pointAtForeignRows(world: World) {
  const { env, sql, owner, owned, strangersOwn } = world;
  const [status] = await sql`select id from crm_statuses where user_id = ${owner.id} limit 1`;
  const [crmOwner] = await sql`select id from crm_owners where user_id = ${owner.id} limit 1`;
  const mine = (table: string, id: string) => `rest/v1/${table}?id=eq.${id}`;
  const product = mine("sourced_products", strangersOwn.productId);
  const video = mine("product_videos", strangersOwn.videoId);
  const functions = `functions/v1/videos/${strangersOwn.videoId}`;
  const tries: [string, string, string, (id: string) => unknown][] = [
    ["POST", "rest/v1/asin_correlations", owned.productId, (id) => ({ product_id: id, asin: "B0FOREIGN1" })],
    ["POST", "rest/v1/product_owners", owned.productId, (id) => ({ product_id: id, owner_id: crmOwner!.id })],
    [
      "POST",
      "rest/v1/product_owners",
      crmOwner!.id,
      (id) => ({ product_id: strangersOwn.productId, owner_id: id }),
    ],
    ["PATCH", product, status!.id, (id) => ({ status_id: id })],
    ["PATCH", video, owned.productId, (id) => ({ product_id: id })],
    ["PATCH", mine("influencer_tasks", strangersOwn.taskId), owned.videoId, (id) => ({ video_id: id })],
    ["POST", "rest/v1/rpc/queue_video_tasks", owned.videoId, (id) => ({ video_id: id })],
    ["POST", `${functions}/associate`, owned.productId, (id) => ({ product_id: id })],
  ];
  for (const [method, path, foreignId, body] of tries) {
    const ask = (id: string) =>
      send(method, `${env.API_URL}/${path}`, { headers: strangersHeaders(world), body: body(id) });
    const foreign = await ask(foreignId);
    const missing = await ask(crypto.randomUUID());
    assert.ok(foreign.status === 404 || foreign.status === 409, `${path}: ${foreign.text}`);
    assert.deepEqual(
      withoutRequestId(foreign),
      withoutRequestId(missing),
      `${path} tells a foreign id from none`,
    );
  }
}

/** Upserts, PUT and mixed bulk inserts do not get at a row around the policies. */
export async function overwriteRows(world: World) {
  const { env, sql, owner, owned } = world;
  const at = `${env.API_URL}/rest/v1/sourced_products`;
  const stolen = { asin: "B0OWNER001", marketplace: "US", title: "stolen" };
  const headers = { ...strangersHeaders(world), prefer: "resolution=merge-duplicates,return=representation" };
  const tries: [string, string, unknown][] = [
    ["POST", `${at}?on_conflict=user_id,marketplace,asin`, { ...stolen, user_id: owner.id }],
    ["POST", `${at}?on_conflict=id`, { ...stolen, id: owned.productId }],
    ["POST", at, [{ ...stolen, asin: "B0MIXED001", user_id: world.stranger.id }, {
      ...stolen,
      user_id: owner.id,
    }]],
    ["PUT", `${at}?id=eq.${owned.productId}`, { ...stolen, id: owned.productId }],
    ["PATCH", `${at}?title=eq.stolen`, { user_id: owner.id }],
  ];
  for (const [method, url, body] of tries) {
    const answer = await send(method, url, { headers, body });
    assert.equal(answer.code, "42501", `${method} ${url}: ${answer.status} ${answer.text}`);
  }
  const before = await sql`select id from sourced_products where user_id = ${owner.id} and notes is null`;
  await send("PATCH", at, { headers, body: { notes: "everybody's" } });
  await send("DELETE", `${env.API_URL}/rest/v1/crm_owners?name=not.is.null`, { headers });
  const after = await sql`select id from sourced_products where user_id = ${owner.id} and notes is null`;
  assert.deepEqual([...after], [...before], "a change without a filter stays in the caller's own rows");
  const [left] = await sql`select count(*)::int as count from crm_owners where user_id = ${owner.id}`;
  assert.ok(left!.count > 0);
}

/** Filters, embeddings, orders, counts and cursors show the caller's own rows or nothing. */
export async function bendQueries(world: World) {
  const { env, owner, owned } = world;
  const everything = `user_id.eq.${owner.id},user_id.neq.${owner.id}`;
  const queries = [
    `rest/v1/sourced_products?or=(${everything})`,
    "rest/v1/sourced_products?title=like.*&user_id=not.is.null",
    "rest/v1/sourced_products?title=eq.' or true--",
    "rest/v1/sourced_products?order=(select 1)",
    "rest/v1/sourced_products?select=*,users(*)",
    "rest/v1/profiles?select=*,users!inner(email)",
    "rest/v1/sourced_products?select=id,product_videos!video_product_is_its_users(*),asin_correlations(*)",
    "rest/v1/user_onedrive_connections?select=*,onedrive_tokens(*)",
    "rest/v1/onedrive_upload_sessions?select=*,onedrive_upload_urls(*)",
    "rest/v1/sourced_products?select=title.max()",
    "rest/v1/oauth_connections?select=*,oauth_tokens(*)",
    "rest/v1/publishing_queue?select=*,publish_jobs(*)",
    "rest/v1/published_videos?select=*,staged_copies(*),publishing_queue(*,publish_attempts(*))",
    `rest/v1/published_videos?id=eq.${owned.postId}&select=overall_status,publishing_queue(status)`,
    `rest/v1/rpc/list_posts?p_post_id=${owned.postId}`,
    `rest/v1/rpc/list_posts?p_product_id=${owned.productId}`,
    `rest/v1/rpc/list_posts?p_search=secret&p_cursor=0_0_${owned.postId}`,
    "rest/v1/rpc/list_posts?p_view=' or true--",
    `rest/v1/rpc/list_influencer_tasks?p_product_id=${owned.productId}`,
    `functions/v1/tasks/influencer-tasks?cursor=none_${owned.taskId}`,
    `functions/v1/tasks/influencer-tasks?cursor=${owned.videoId}_${owned.taskId}`,
    "functions/v1/tasks/influencer-tasks?cursor=none_' or true--",
    "functions/v1/tasks/influencer-tasks?cursor=%00",
    "functions/v1/videos?cursor=ffffffff-ffff-ffff-ffff-ffffffffffff&limit=100",
    `functions/v1/videos?product_id=${owned.productId}&product_id=x`,
  ];
  for (const query of queries) {
    const url = `${env.API_URL}/${encodeURI(query).replaceAll("%2500", "%00")}`;
    const answer = await send("GET", url, { headers: strangersHeaders(world) });
    assert.ok(answer.status < 500, `${query}: ${answer.status} ${answer.text}`);
    for (const mark of [...world.ownersMarks(), owner.id]) {
      assert.ok(!answer.text.includes(mark), `${query} shows ${mark}`);
    }
  }
  for (const kind of ["exact", "planned", "estimated"]) {
    const headers = { ...strangersHeaders(world), prefer: `count=${kind}` };
    const { headers: answered } = await send("HEAD", `${env.API_URL}/rest/v1/sourced_products?select=id`, {
      headers,
    });
    assert.match(
      answered.get("content-range") ?? "",
      /\/1$/,
      `count=${kind} counts the caller's one product`,
    );
  }
}

/** Claims a person chooses for themselves stay data: role, id and address of somebody else are not taken. */
export async function promoteOneself({ env, owner, ...world }: World) {
  const apikey = { apikey: env.PUBLISHABLE_KEY! };
  const wish = {
    role: "service_role",
    id: owner.id,
    app_metadata: { role: "service_role" },
    data: { sub: owner.id },
  };
  const email = `${crypto.randomUUID()}@example.com`;
  const made = await send("POST", `${env.API_URL}/auth/v1/signup`, {
    headers: apikey,
    body: { email, password: "correct-horse-battery", ...wish },
  });
  assert.equal(made.status, 200, made.text);
  const claims = JSON.parse(
    atob(JSON.parse(made.text).access_token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")),
  );
  assert.equal(claims.role, "authenticated");
  assert.notEqual(claims.sub, owner.id);
  assert.equal(claims.app_metadata.role, undefined);
  const [{ email: taken }] = await world.sql`select email from auth.users where id = ${owner.id}` as [
    { email: string },
  ];
  const headers = { ...apikey, authorization: `Bearer ${world.stranger.token}` };
  assert.equal(
    (await send("PUT", `${env.API_URL}/auth/v1/user`, { headers, body: { email: taken } })).status,
    422,
  );
  const admin: [string, string, unknown?][] = [
    ["GET", `admin/users/${owner.id}`],
    ["DELETE", `admin/users/${owner.id}`],
    ["POST", "admin/generate_link", { type: "recovery", email: taken }],
  ];
  for (const [method, path, body] of admin) {
    for (const caller of [headers, apikey, insiders({ env, owner, ...world }).owner]) {
      const answer = await send(method, `${env.API_URL}/auth/v1/${path}`, { headers: caller, body });
      assert.equal(answer.status, 403, `${method} ${path}: ${answer.text}`);
    }
  }
}

function withoutRequestId({ status, text }: Answer) {
  return { status, text: text.replace(/"requestId":"[^"]+"/, "") };
}

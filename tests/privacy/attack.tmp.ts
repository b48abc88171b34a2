import { createWorld } from "./support/world.ts";
import { insiders } from "./support/callers.ts";
import { send } from "./support/send.ts";
import { consent, finish } from "../functions/support/onedrive.ts";
const w = await createWorld(28100);
const { env, owner, stranger, owned, strangersOwn } = w;
const me = { apikey: env.PUBLISHABLE_KEY!, authorization: `Bearer ${stranger.token}` };
const own = insiders(w).owner;
const F = `${env.API_URL}/functions/v1`, R = `${env.API_URL}/rest/v1`, S = `${env.API_URL}/storage/v1`, A = `${env.API_URL}/auth/v1`;
const show = (t: string, a: { status: number; text: string }) => console.log(`${a.status} ${t}  ${a.text.slice(0, 260)}`);
const go = async (t: string, m: string, u: string, o: Parameters<typeof send>[2] = {}) => { try { const a = await send(m, u, { ...o, headers: { ...me, ...o.headers } }); show(t, a); return a; } catch (e) { console.log("ERR", t, String(e)); return null; } };
try {
console.log("## uploads");
await go("mass upload-url", "POST", `${F}/onedrive/upload-url`, { body: { filename: "../../../etc/x\u0000.mp4", size: 1000, mime_type: "video/mp4", fingerprint: "ef".repeat(32), user_id: owner.id, connection_id: owned.connectionId, folder_id: owned.folderId, drive_id: "x", status: "complete", video_id: owned.videoId } });
console.log(await w.sql`select user_id=${stranger.id} as mine, connection_id=${strangersOwn.connectionId} as conn, filename, status, video_id from onedrive_upload_sessions where fingerprint=${"ef".repeat(32)}`);
await go("progress mass", "POST", `${F}/onedrive/uploads/${strangersOwn.uploadId}/progress`, { body: { next_offset: 99999999999, expires_at: "9999-12-31T00:00:00Z", status: "complete", user_id: owner.id, hash: { offset: 5e9, state: "AAAA" } } });
await go("progress neg", "POST", `${F}/onedrive/uploads/${strangersOwn.uploadId}/progress`, { body: { next_offset: -1 } });
await go("progress 1e300", "POST", `${F}/onedrive/uploads/${strangersOwn.uploadId}/progress`, { body: { next_offset: 9007199254740991, hash:{offset:9007199254740991,state:"x"} } });
console.log(await w.sql`select next_offset, expires_at, hash_offset, hash_state, status from onedrive_upload_sessions where id=${strangersOwn.uploadId}`);
await go("complete mass", "POST", `${F}/onedrive/uploads/${strangersOwn.uploadId}/complete`, { body: { quickxor: "A".repeat(27) + "=", item_id: "x", user_id: owner.id } });
await go("size 1e18", "POST", `${F}/onedrive/upload-url`, { body: { filename: "a.mp4", size: 1e18, mime_type: "video/mp4", fingerprint: "ef".repeat(32) } });
for (const id of ["..", ".", "root", "%2e%2e", "root:/..:", "../../me", "x/children", "x?$expand=children", `${owned.folderId}`, "root/../../../me/drive", "\u0000", "\ud800"]) { await go(`folders parent=${JSON.stringify(id)}`, "GET", `${F}/onedrive/folders?parent_id=${encodeURIComponent(id.toWellFormed())}`); await go(`set-folder ${JSON.stringify(id)}`, "POST", `${F}/onedrive/set-folder`, { body: { folder_id: id } }); await go(`mk ${JSON.stringify(id)}`, "POST", `${F}/onedrive/folders`, { body: { name: "zz", parent_id: id } }); }
await go("upload after set-folder", "POST", `${F}/onedrive/upload-url`, { body: { filename: "b.mp4", size: 1000, mime_type: "video/mp4", fingerprint: "ee".repeat(32) } });
console.log("## oauth");
const f1 = await consent(env, owner, owned.accountName);
show("stranger finish", await finish(env, stranger, f1).then(a => ({ status: a.status, text: JSON.stringify(a.body) })));
const mine = await consent(env, stranger, strangersOwn.accountName);
const mixed = new URLSearchParams({ code: f1.get("code")!, state: mine.get("state")! });
show("owner code + my state", await finish(env, stranger, mixed).then(a => ({ status: a.status, text: JSON.stringify(a.body) })));
show("my code after", await finish(env, stranger, mine).then(a => ({ status: a.status, text: JSON.stringify(a.body) })));
const two = await Promise.all([finish(env, owner, f1), finish(env, owner, f1)]);
two.forEach(a => show("owner twice", { status: a.status, text: JSON.stringify(a.body) }));
show("replay", await finish(env, owner, f1).then(a => ({ status: a.status, text: JSON.stringify(a.body) })));
for (const b of [{ code: "x", state: "x".repeat(20) }, { code: "a\u0000b", state: "a\u0000".repeat(10) }, { code: "x", state: "__proto__constructor" }, { code: "x".repeat(8193), state: "y".repeat(20) }]) await go("finish bad", "POST", `${F}/onedrive/finish`, { body: b });
for (const q of ["?error=x%0d%0aset-cookie:a=b&error_description=%0d%0aLocation:%20http://evil", "?code=a&code=b&state=c", "?web_url=http://evil", "?code=%00&state=%ff", "?error=" + "x".repeat(300)]) { const a = await send("GET", `${F}/onedrive/callback${q}`); console.log(a.status, q.slice(0, 60), a.headers.get("location"), a.headers.get("set-cookie"), a.text.slice(0, 150)); }
console.log("## injection");
for (const c of ["none_' or true--", `${owned.videoId}_${owned.taskId}`, `none_${owned.taskId}`, "none_\n", "%", "x".repeat(300), "\u0000"]) await go(`cursor ${c}`, "GET", `${F}/tasks/influencer-tasks?cursor=${encodeURIComponent(c)}`);
await go("videos cursor", "GET", `${F}/videos?cursor=ffffffff-ffff-ffff-ffff-ffffffffffff&limit=100`);
await go("videos dup param", "GET", `${F}/videos?limit=1&limit=2&product_id=${owned.productId}&product_id=${strangersOwn.productId}`);
for (const q of [`sourced_products?or=(user_id.eq.${owner.id},user_id.neq.${owner.id})&select=user_id`, `profiles?select=*,sourced_products(*)`, `sourced_products?select=*,product_videos(*),asin_correlations(*)&user_id=eq.${owner.id}`, `product_videos?select=id,sourced_products!inner(id,title)`, `sourced_products?select=*,users(*)`, `sourced_products?order=(select 1)`, `sourced_products?title=like.*owners*`, `sourced_products?select=id::text;drop`, `sourced_products?select=title:auth.uid()`, `sourced_products?title=eq.'%20or%20true--`, `sourced_products?select=count()`, `sourced_products?select=title.max()`, `sourced_products?id=in.(${owned.productId})`, `sourced_products?limit=-1`, `sourced_products?offset=99999999999999999999`, `rpc/list_influencer_tasks?p_cursor=x`, `sourced_products?notes=fts.a%00b`,`sourced_products?custom_fields->>x=eq.1' or 1=1`]) { const a = await go(q, "GET", `${R}/${encodeURI(q).replaceAll("%25", "%")}`); if (a && (a.text.includes(owner.id) || a.text.includes("owners-secret"))) console.log("!!!! LEAK", q); }
const count = await send("HEAD", `${R}/sourced_products?select=*`, { headers: { ...me, prefer: "count=exact" } }); console.log("count", count.headers.get("content-range"));
for (const p of ["count=planned", "count=estimated"]) { const c = await send("HEAD", `${R}/sourced_products?select=*`, { headers: { ...me, prefer: p } }); console.log(p, c.status, c.headers.get("content-range")); }
await go("explain", "GET", `${R}/sourced_products`, { headers: { accept: "application/vnd.pgrst.plan+json" } });
console.log("## fk");
const none = crypto.randomUUID();
for (const id of [owned.productId, none]) {
 await go("corr", "POST", `${R}/asin_correlations`, { body: { product_id: id, asin: "B0EVILEVIL", status: "accepted" } });
 await go("video product", "PATCH", `${R}/product_videos?id=eq.${strangersOwn.videoId}`, { body: { product_id: id } });
 await go("prod owner", "POST", `${R}/product_owners`, { body: { product_id: strangersOwn.productId, owner_id: id } });
 await go("status", "PATCH", `${R}/sourced_products?id=eq.${strangersOwn.productId}`, { body: { status_id: id } });
}
for (const id of [owned.videoId, none]) { await go("task video", "PATCH", `${R}/influencer_tasks?id=eq.${strangersOwn.taskId}`, { body: { video_id: id } }); await go("queue rpc", "POST", `${R}/rpc/queue_video_tasks`, { body: { video_id: id } }); await go("fn video", "GET", `${F}/videos/${id}`); }
const [st] = await w.sql`select id from crm_statuses where user_id=${owner.id} limit 1`;
await go("status real", "PATCH", `${R}/sourced_products?id=eq.${strangersOwn.productId}`, { body: { status_id: st!.id } });
await go("upsert", "POST", `${R}/sourced_products?on_conflict=user_id,marketplace,asin`, { headers: { prefer: "resolution=merge-duplicates,return=representation" }, body: { user_id: owner.id, asin: "B0OWNER001", title: "stolen", marketplace: "US" } });
await go("upsert id", "POST", `${R}/sourced_products?on_conflict=id`, { headers: { prefer: "resolution=merge-duplicates,return=representation" }, body: { id: owned.productId, asin: "B0OWNER002", title: "stolen", marketplace: "US" } });
await go("PUT", "PUT", `${R}/sourced_products?id=eq.${owned.productId}`, { body: { id: owned.productId, asin: "B0OWNER001", title: "stolen", marketplace: "US" } });
await go("patch no filter", "PATCH", `${R}/sourced_products`, { headers: { prefer: "return=representation" }, body: { notes: "x" } });
await go("delete no filter", "DELETE", `${R}/notifications`, { headers: { prefer: "return=representation" } });
await go("bulk insert mixed", "POST", `${R}/crm_owners`, { body: [{ name: "a1" }, { name: "a2", user_id: owner.id }] });
} finally { Deno.writeTextFileSync("/tmp/privacy/attack-logs.json", "{}"); await w[Symbol.asyncDispose](); }

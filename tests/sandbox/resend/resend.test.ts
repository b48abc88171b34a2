import assert from "node:assert/strict";
import type { Json } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";

let sandbox: SandboxProcess;
shareSandbox((started) => sandbox = started);
Deno.test.beforeEach(async () => {
  await sandbox.settings({ service: "resend", requests_per_second: 1000 });
});

const MAIL = {
  from: "Cliprelay <hello@cliprelay.example>",
  to: "ann@example.com",
  subject: "Hi",
  text: "See http://x.example/a?b=1",
};

async function send(
  body: unknown,
  headers: Record<string, string> = {},
  path = "/emails",
): Promise<[number, Json, Headers]> {
  const response = await fetch(`${sandbox.urls.RESEND_URL}${path}`, {
    method: "POST",
    headers: { authorization: "Bearer re_test", "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return [response.status, await response.json(), response.headers];
}

Deno.test("a mail is stored and shown in the mailbox and as JSON", async () => {
  const [status, { id }] = await send({
    ...MAIL,
    html: '<p>Click <a href="http://x.example/r">here</a><script>1</script></p>',
  });
  assert.equal(status, 200);
  const [mail] = await sandbox.control<Json[]>("GET", "/mails");
  assert.deepEqual([mail.id, mail.to, mail.subject, mail.last_event], [
    id,
    ["ann@example.com"],
    "Hi",
    "delivered",
  ]);
  assert.deepEqual(await (await fetch(`${sandbox.urls.MAIL_URL}/__sandbox/mails`)).json(), [mail]);
  const list = await (await fetch(sandbox.urls.MAIL_URL!)).text();
  assert.match(list, new RegExp(`<a href="/mails/${id}">Hi</a>`));
  const page = await (await fetch(`${sandbox.urls.MAIL_URL}/mails/${id}`)).text();
  assert.match(page, /<iframe sandbox="allow-popups allow-popups-to-escape-sandbox"/);
  assert.match(page, /<a href="http:\/\/x\.example\/a\?b=1" target="_blank"/);
  const body = await fetch(`${sandbox.urls.MAIL_URL}/mails/${id}/body`);
  assert.match(body.headers.get("content-security-policy")!, /^sandbox allow-popups .*default-src 'none'/);
  assert.match(await body.text(), /<a href="http:\/\/x\.example\/r">here<\/a>/);
});

Deno.test("hostile mail text is shown, not run", async () => {
  const [, { id }] = await send({
    ...MAIL,
    subject: "<script>alert(1)</script>",
    text: "<img src=x onerror=alert(2)>",
  });
  const page = await (await fetch(`${sandbox.urls.MAIL_URL}/mails/${id}`)).text();
  assert.doesNotMatch(page, /<script>alert|<img src=x/);
});

Deno.test("the same idempotency key sends once, with another body it is refused", async () => {
  const key = { "idempotency-key": "welcome/ann" };
  const [, first] = await send(MAIL, key);
  const [status, second] = await send(MAIL, key);
  assert.deepEqual([status, second], [200, first]);
  const [conflict, body] = await send({ ...MAIL, subject: "Other" }, key);
  assert.deepEqual([conflict, body.name], [409, "invalid_idempotent_request"]);
  const [tooLong, refused] = await send(MAIL, { "idempotency-key": "k".repeat(257) });
  assert.deepEqual([tooLong, refused.name], [400, "invalid_idempotency_key"]);
  assert.equal((await sandbox.control<Json[]>("GET", "/mails")).length, 1);
});

Deno.test("a mail is refused for what it lacks", async () => {
  const without = (field: string) => ({ ...MAIL, [field]: undefined });
  const cases: [body: unknown, headers: Record<string, string>, status: number, name: string][] = [
    [without("from"), {}, 422, "missing_required_field"],
    [without("to"), {}, 422, "missing_required_field"],
    [without("subject"), {}, 422, "missing_required_field"],
    [without("text"), {}, 422, "missing_required_field"],
    [{ ...MAIL, from: "nobody" }, {}, 422, "invalid_from_address"],
    [{ ...MAIL, to: Array(51).fill("a@b.c") }, {}, 422, "validation_error"],
    [{ ...MAIL, tags: [{ name: "a b", value: "c" }] }, {}, 422, "validation_error"],
    ["{", {}, 400, "validation_error"],
    ["null", {}, 422, "missing_required_field"],
    [MAIL, { authorization: "" }, 401, "missing_api_key"],
    [MAIL, { authorization: "Bearer wrong" }, 403, "invalid_api_key"],
  ];
  for (const [body, headers, status, name] of cases) {
    const [actual, answer] = await send(body, headers);
    assert.deepEqual([actual, answer.name, answer.statusCode], [status, name, status], JSON.stringify(body));
  }
  await sandbox.settings({ service: "resend", unverified_domains: "cliprelay.example" });
  assert.deepEqual((await send(MAIL)).slice(0, 1), [403]);
  assert.deepEqual(await sandbox.control("GET", "/mails"), []);
});

Deno.test("more than the allowed requests in a second are throttled", async () => {
  await sandbox.settings({ service: "resend", requests_per_second: 3 });
  const answers = [];
  for (let i = 0; i < 8; i++) answers.push(await send(MAIL));
  const [status, body, headers] = answers.find(([status]) => status === 429)!;
  assert.deepEqual([status, body.name, headers.get("retry-after")], [429, "rate_limit_exceeded", "1"]);
});

Deno.test("a batch is all or nothing unless it is permissive", async () => {
  const mails = [MAIL, { ...MAIL, to: "broken" }];
  assert.equal((await send(mails, {}, "/emails/batch"))[0], 422);
  assert.deepEqual(await sandbox.control("GET", "/mails"), []);
  const [status, answer] = await send(mails, { "x-batch-validation": "permissive" }, "/emails/batch");
  assert.deepEqual([status, answer.data.length, answer.errors[0].index], [200, 1, 1]);
});

Deno.test("mails can be read, moved and canceled", async () => {
  const call = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: "Bearer re_test" };
    const response = await fetch(`${sandbox.urls.RESEND_URL}${path}`, {
      method,
      headers,
      body: body ? JSON.stringify(body) : undefined,
    });
    return [response.status, await response.json()];
  };
  const [, { id }] = await send({ ...MAIL, scheduled_at: "2031-01-01T00:00:00Z" });
  assert.equal((await call("GET", `/emails/${id}`))[1].last_event, "scheduled");
  assert.equal((await call("PATCH", `/emails/${id}`, { scheduled_at: "2032-01-01T00:00:00Z" }))[0], 200);
  assert.equal((await call("POST", `/emails/${id}/cancel`))[0], 200);
  assert.equal((await call("POST", `/emails/${id}/cancel`))[0], 422);
  assert.equal((await call("GET", "/emails/nope"))[0], 404);
  const [, bounced] = await send({ ...MAIL, to: "bounced@resend.dev" });
  assert.equal((await call("GET", `/emails/${bounced.id}`))[1].last_event, "bounced");
});

Deno.test("a lost answer can be asked for again by its key", async () => {
  await sandbox.fault({ service: "resend", method: "POST", path: "/emails", kind: "lost_answer" });
  const key = { "idempotency-key": "once" };
  await assert.rejects(send(MAIL, key), TypeError);
  assert.equal((await send(MAIL, key))[0], 200);
  assert.equal((await sandbox.control<Json[]>("GET", "/mails")).length, 1);
});

Deno.test("a second call with the key of one that still runs is told to come again", async () => {
  await sandbox.fault({
    service: "resend",
    method: "POST",
    path: "/emails",
    kind: "slow_processing",
    value: 1500,
    times: 1,
  });
  const key = { "idempotency-key": "slow" };
  const first = send(MAIL, key);
  let second = await send(MAIL, key);
  assert.deepEqual([second[0], second[1].name], [409, "concurrent_idempotent_requests"]);
  const [status, { id }] = await first;
  assert.equal(status, 200);
  second = await send(MAIL, key);
  assert.deepEqual([second[0], second[1].id], [200, id]);
  assert.equal((await sandbox.control<Json[]>("GET", "/mails")).length, 1);
});

Deno.test("a day and a month hold so many recipients, and a refusal is not remembered", async () => {
  const periods = [["mails_per_day", "daily_quota_exceeded"], ["mails_per_month", "monthly_quota_exceeded"]];
  for (const [setting, name] of periods) {
    await sandbox.settings({ service: "resend", [setting!]: 3 });
    const key = { "idempotency-key": `quota/${name}` };
    assert.equal((await send({ ...MAIL, to: ["a@b.c", "d@e.f"] }))[0], 200);
    const [status, body] = await send({ ...MAIL, cc: "g@h.i" }, key);
    assert.deepEqual([status, body.name, body.statusCode], [429, name, 429]);
    assert.equal((await send(MAIL))[0], 200);
    await sandbox.settings({ service: "resend", [setting!]: null });
    assert.equal((await send({ ...MAIL, cc: "g@h.i" }, key))[0], 200);
  }
});

import assert from "node:assert/strict";
import { eventually } from "../../../support/eventually.ts";
import type { Rig } from "../support/open-rig.ts";
import { statusOfState } from "../support/status-of-state.ts";

const STATES = [
  ...[
    "PT400",
    "PT404",
    "PT409",
    "PT422",
    "PT429",
    "PT503",
    "P0001",
    "P0002",
    "P0004",
    "23505",
    "23503",
    "23514",
  ],
  ...[
    "23502",
    "23P01",
    "21000",
    "22023",
    "22P02",
    "2201B",
    "25006",
    "28000",
    "2D000",
    "38000",
    "39000",
    "3B000",
  ],
  ...[
    "40001",
    "40P01",
    "42501",
    "42883",
    "42P17",
    "42703",
    "53100",
    "53300",
    "53400",
    "54000",
    "55000",
    "55P03",
  ],
  ...["57014", "58000", "08006", "09000", "0L000", "0P000", "F0000", "HV000", "XX000", "99999"],
];

/** Errors of the database and of the Data API itself. */
export function testErrors(rig: () => Rig): void {
  const test = (name: string, work: () => Promise<void>) =>
    Deno.test(name, { sanitizeOps: false, sanitizeResources: false }, work);

  for (const state of STATES) {
    test(`sqlstate ${state} keeps code, message, detail and hint`, async () => {
      const raised = { message: 'A sentence, with "signs".', detail: "stable_code", hint: "A hint" };
      const answer = await rig().send("rpc/cf_raise", { method: "POST", body: { state, ...raised } });
      assert.deepEqual(answer.body, {
        code: state,
        message: raised.message,
        details: raised.detail,
        hint: raised.hint,
      });
      assert.equal(answer.status, state === "21000" ? 500 : statusOfState(state));
      assert.equal(answer.headers.get("content-type"), "application/json; charset=utf-8");
    });
  }

  test("detail and hint that were not given are null", async () => {
    const { sql, user } = rig();
    await sql.unsafe(`
      create function public.cf_raise_short() returns void language plpgsql set search_path = ''
      as $$ begin raise sqlstate 'PT422' using message = 'Short.'; end $$;
      grant execute on function public.cf_raise_short() to authenticated`);
    await eventually(
      "the new function",
      async () => (await user.rpc("cf_raise_short")).error?.code === "PT422",
    );
    const { error, status } = await user.rpc("cf_raise_short");
    assert.deepEqual([status, error!.message, error!.hint], [422, "Short.", null]);
    assert.ok(!error!.details);
  });

  test("broken constraints tell what was broken", async () => {
    const { user } = rig();
    await user.from("cf_items").insert({ title: "taken", code: "taken" });
    const unique = await user.from("cf_items").insert({ title: "x", code: "taken" });
    assert.deepEqual([unique.status, unique.error!.code, unique.error!.details], [
      409,
      "23505",
      "Key (code)=(taken) already exists.",
    ]);
    const maker_id = "00000000-0000-4000-8000-00000000ffff";
    const missing = await user.from("cf_items").insert({ title: "x", maker_id });
    assert.deepEqual([missing.status, missing.error!.code], [409, "23503"]);
    assert.equal(missing.error!.details, `Key (maker_id)=(${maker_id}) is not present in table "cf_makers".`);
    const check = await user.from("cf_items").insert({ title: "" });
    assert.deepEqual([check.status, check.error!.code], [400, "23514"]);
    assert.equal(
      check.error!.message,
      'new row for relation "cf_items" violates check constraint "item_has_a_title"',
    );
    const absent = await user.from("cf_items").insert({ title: null });
    assert.deepEqual([absent.status, absent.error!.code], [400, "23502"]);
    const used = await user.from("cf_makers").insert({ name: "used" }).select("id").single();
    await user.from("cf_items").insert({ title: "uses", maker_id: used.data!.id });
    const restricted = await user.from("cf_makers").delete().eq("id", used.data!.id);
    assert.deepEqual([restricted.status, restricted.error!.code], [409, "23503"]);
  });

  const wrongTypes: [row: Record<string, unknown>, code: string][] = [
    [{ maker_id: "nonsense" }, "22P02"],
    [{ stock: "abc" }, "22P02"],
    [{ stock: 99_999_999_999 }, "22003"],
    [{ colour: "blue" }, "22P02"],
    [{ made_at: "yesterdayish" }, "22007"],
    [{ is_on: "perhaps" }, "22P02"],
    [{ tags: 5 }, "22P02"],
    [{ tags: { a: 1 } }, "22P02"],
    [{ tags: true }, "22P02"],
  ];
  for (const [row, code] of wrongTypes) {
    test(`${JSON.stringify(row)} is 400 ${code}`, async () => {
      const { status, error } = await rig().user.from("cf_items").insert({ title: "wrong", ...row });
      assert.deepEqual([status, error!.code], [400, code]);
    });
  }

  test("a table that is not there is 404", async () => {
    const { user, send } = rig();
    for (const method of ["GET", "POST", "PATCH", "DELETE"]) {
      const answer = await send("cf_nowhere_at_all?id=eq.1", {
        method,
        ...(method === "GET" ? {} : { body: { id: 1 } }),
      });
      assert.deepEqual([answer.status, (answer.body as { code: string }).code], [404, "PGRST205"], method);
    }
    const { error } = await user.from("cf_nowhere_at_all").select();
    assert.equal(error!.message, "Could not find the table 'public.cf_nowhere_at_all' in the schema cache");
  });

  test("a schema that is not exposed is 406", async () => {
    const { status, error } = await rig().user.schema("private").from("settings").select();
    assert.deepEqual([status, error!.code, error!.message], [406, "PGRST106", "Invalid schema: private"]);
  });

  test("a table without a grant is refused to every role", async () => {
    const { user, anonymous, service } = rig();
    for (const [client, status] of [[user, 403], [service, 403], [anonymous, 401]] as const) {
      const answer = await client.from("cf_closed").select();
      assert.deepEqual([answer.status, answer.error!.code], [status, "42501"]);
      assert.equal(answer.error!.message, "permission denied for table cf_closed");
    }
  });

  test("a method nobody knows is 405", async () => {
    const answer = await rig().send("cf_items", { method: "PURGE" });
    assert.deepEqual([answer.status, (answer.body as { code: string }).code], [405, "PGRST117"]);
    const call = await rig().send("rpc/cf_true", { method: "DELETE" });
    assert.deepEqual([call.status, (call.body as { code: string }).code], [405, "PGRST101"]);
  });

  test("odd preferences are passed over, or refused when handling is strict", async () => {
    const { send } = rig();
    assert.equal((await send("cf_many?limit=1", { headers: { prefer: "nonsense=1" } })).status, 200);
    const strict = await send("cf_many?limit=1", { headers: { prefer: "handling=strict, nonsense=1" } });
    assert.deepEqual([strict.status, (strict.body as { code: string }).code], [400, "PGRST122"]);
  });
}

import assert from "node:assert/strict";
import { FAULT_KINDS, FaultEngine, type FaultInput, faultSchema } from "../../../sandbox/kit/faults.ts";

function fault(fields: Record<string, unknown>): FaultInput {
  return faultSchema.parse({ service: "microsoft", kind: "status", value: 500, ...fields });
}

function kindsMet(engine: FaultEngine, method: string, path: string): string[] {
  return engine.take("microsoft", method, path).map((fired) => fired.kind);
}

Deno.test("a fault lets skipped matches through and fires as often as told", () => {
  const engine = new FaultEngine();
  engine.add(fault({ skip: 2, times: 2 }));
  const outcomes = Array.from({ length: 6 }, () => kindsMet(engine, "GET", "/a").length);
  assert.deepEqual(outcomes, [0, 0, 1, 1, 0, 0]);
  assert.equal(engine.list()[0]?.fired, 2);
});

Deno.test("a fault without an end fires until it is cleared", () => {
  const engine = new FaultEngine();
  engine.add(fault({ times: null }));
  for (let i = 0; i < 20; i++) assert.equal(kindsMet(engine, "GET", "/a").length, 1);
  engine.clear();
  assert.equal(kindsMet(engine, "GET", "/a").length, 0);
});

Deno.test("a fault's path may hold wildcards and be given decoded", () => {
  const cases: [pattern: string, path: string, matches: boolean][] = [
    ["*", "/anything/at/all", true],
    ["/v1.0/me", "/v1.0/me", true],
    ["/v1.0/me", "/v1.0/me/drive", false],
    ["/v1.0/me", "/v1x0/me", false],
    ["/v1.0/me/drive/items/*", "/v1.0/me/drive/items/A%21B/children", true],
    ["/v1.0/*/children", "/v1.0/me/drive/root/children", true],
    ["/v1.0/me/drive/root:/my clip.mp4:/content", "/v1.0/me/drive/root:/my%20clip.mp4:/content", true],
    ["*createUploadSession", "/v1.0/me/drive/root:/a.mp4:/createUploadSession", true],
    ["*createUploadSession", "/v1.0/me/drive/root", false],
  ];
  for (const [pattern, path, matches] of cases) {
    const engine = new FaultEngine();
    engine.add(fault({ path: pattern }));
    assert.equal(kindsMet(engine, "GET", path).length === 1, matches, `${pattern} ${path}`);
  }
});

Deno.test("a fault for any method leaves preflights alone", () => {
  const engine = new FaultEngine();
  engine.add(fault({ times: null }));
  engine.add(fault({ method: "options", kind: "delay", value: 1, times: null }));
  assert.deepEqual(kindsMet(engine, "OPTIONS", "/a"), ["delay"]);
  assert.deepEqual(kindsMet(engine, "PUT", "/a"), ["status"]);
});

Deno.test("a fault of one service does not meet another", () => {
  const engine = new FaultEngine();
  engine.add(fault({ service: "resend" }));
  assert.equal(kindsMet(engine, "GET", "/a").length, 0);
});

Deno.test("a fault with a rate meets that share, the same for the same seed", () => {
  const meet = (seed: number) => {
    const engine = new FaultEngine();
    engine.add(fault({ rate: 0.2, seed, times: null }));
    return Array.from({ length: 1_000 }, () => kindsMet(engine, "GET", "/a").length);
  };
  const [first, again, other] = [meet(7), meet(7), meet(8)];
  assert.deepEqual(first, again);
  assert.notDeepEqual(first, other);
  for (const met of [first, other]) {
    const share = met.reduce((sum, one) => sum + one, 0) / met.length;
    assert.ok(share > 0.15 && share < 0.25, String(share));
  }
});

Deno.test("a request meets one fault with a rate at most, and every other fault", () => {
  const engine = new FaultEngine();
  engine.add(fault({ rate: 1, times: null }));
  engine.add(fault({ kind: "rate_limit", value: 1, rate: 1, times: null }));
  engine.add(fault({ kind: "delay", value: 1, times: null }));
  assert.deepEqual(kindsMet(engine, "GET", "/a"), ["status", "delay"]);
  assert.deepEqual(engine.list().map(({ fired }) => fired), [1, 0, 1]);
});

Deno.test("a released fault fires again", () => {
  const engine = new FaultEngine();
  engine.add(fault({ kind: "drop_after", value: 100 }));
  engine.take("microsoft", "PUT", "/a")[0]?.release();
  assert.deepEqual(kindsMet(engine, "PUT", "/a"), ["drop_after"]);
});

Deno.test("a fault that lacks its value or names nothing known is refused", () => {
  const refused = [
    { kind: "status", value: null },
    { kind: "status", value: 99 },
    { kind: "delay", value: undefined },
    { kind: "explode" },
    { service: "nobody" },
    { times: 0 },
    { skip: -1 },
    { rate: 0 },
    { rate: 1.1 },
    { value: 1.5 },
  ];
  for (const fields of refused) {
    const input = { service: "microsoft", kind: "status", value: 500, ...fields };
    assert.equal(faultSchema.safeParse(input).success, false, JSON.stringify(fields));
  }
  for (const kind of FAULT_KINDS) assert.ok(fault({ kind, value: 500 }));
});

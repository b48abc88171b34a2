import assert from "node:assert/strict";
import {
  ProviderApiError,
  ProviderAuthError,
  ProviderConfigError,
  ProviderUserError,
} from "../../../supabase/functions/_shared/core/provider-errors.ts";
import { createGraphClient } from "../../../supabase/functions/_shared/providers/microsoft/client.ts";
import { readTokenFailure } from "../../../supabase/functions/_shared/providers/microsoft/token-failure.ts";
import { createMicrosoftLogin } from "../support/microsoft-login.ts";
import { PORTS } from "../support/ports.ts";
import { createControl, startSandbox } from "../support/sandbox.ts";

const PORT = PORTS.signInErrors;
const redirectUri = "http://127.0.0.1:27499/functions/v1/onedrive/callback";
const sandbox = await startSandbox(PORT, redirectUri);
const control = createControl(`http://127.0.0.1:${PORT}`);
const { login, signIn } = createMicrosoftLogin(sandbox.urls.MICROSOFT_LOGIN_URL!, redirectUri);
const graph = createGraphClient({
  graphUrl: sandbox.urls.MICROSOFT_GRAPH_URL!,
  sleep: () => Promise.resolve(),
});

Deno.test.afterAll(() => sandbox.stop());

/** The table of Microsoft's answers: what a refresh that meets each of them does to the account. */
const ENDED = [
  700082,
  70008,
  50173,
  70000,
  70043,
  700084,
  65001,
  50076,
  50079,
  50074,
  50078,
  53000,
  53001,
  53002,
  53003,
  530032,
  50057,
  50034,
  50020,
  16000,
  500208,
];
const CONFIG = [
  70011,
  28002,
  28003,
  7000215,
  7000222,
  7000218,
  700025,
  70002,
  700016,
  70001,
];
const PASSING = [90033, 50033, 90006, 90012, 90024, 50196];
const REACTIONS = [
  ["the permission ended", ENDED, ProviderAuthError],
  ["our registration is refused", CONFIG, ProviderConfigError],
  ["it may work later", PASSING, ProviderApiError],
] as const;

Deno.test("Microsoft: every refusal of a refresh leads to its reaction", async (t) => {
  const tokens = await signIn("rows");
  for (const [reaction, numbers, kind] of REACTIONS) {
    for (const number of numbers) {
      await t.step(`AADSTS${number}: ${reaction}`, async () => {
        await control.set({ token_error: number });
        await assert.rejects(() => login.refresh(tokens.refreshToken), kind);
        await control.set({ token_error: null });
      });
    }
  }
  await t.step("and the account still works afterwards", async () => {
    assert.ok((await login.refresh(tokens.refreshToken)).accessToken);
  });
});

Deno.test("Microsoft: a refused sign-in tells the person why", async (t) => {
  const cases: [number, RegExp][] = [
    [65001, /access was not granted/],
    [50076, /another sign-in step/],
    [53003, /does not allow this sign-in/],
    [50057, /disabled/],
    [500208, /cannot be used here/],
    [54005, /Connect OneDrive again/],
    [501481, /Connect OneDrive again/],
    [50147, /Connect OneDrive again/],
  ];
  for (const [number, sentence] of cases) {
    await t.step(`AADSTS${number}`, async () => {
      await control.set({ token_error: number });
      const failure = await signIn("why").catch((error) => error);
      await control.set({ token_error: null });
      assert.ok(failure instanceof ProviderUserError);
      assert.deepEqual([failure.code, sentence.test(failure.message)], [
        "consent_refused",
        true,
      ]);
    });
  }
  await t.step("administrator's approval", () => {
    const { kind, sentence } = readTokenFailure(400, "consent_required", [
      90094,
    ]);
    assert.equal(kind, "ended");
    assert.match(sentence, /administrator/);
  });
  await t.step("an answer without a body is an outage, not a refusal", () => {
    assert.equal(readTokenFailure(502, "", []).kind, "passing");
    assert.equal(readTokenFailure(400, "something_new", []).kind, "refused");
  });
});

Deno.test("Microsoft: work and personal accounts", async (t) => {
  await t.step("are known by tenant and object id", async () => {
    const personal = await signIn("pia");
    assert.match(
      personal.identity!,
      /^9188040d-6c67-4c5b-b112-36a304b66dad:00000000-0000-0000-/,
    );
    const work = await signIn("wim+work");
    assert.match(work.identity!, /^[0-9a-f-]{36}:[0-9a-f-]{36}$/);
    assert.notEqual(
      personal.identity!.split(":")[0],
      work.identity!.split(":")[0],
    );
    assert.equal(
      (await graph.getAccount(work.accessToken, work.identity)).key,
      work.identity,
    );
  });

  await t.step(
    "without an address of its own the sign-in name is shown",
    async () => {
      const { email, type } = await graph.getAccount(
        (await signIn("mel")).accessToken,
      );
      assert.deepEqual([email, type], ["mel@outlook.example", "personal"]);
    },
  );

  await t.step("a drive that is still being made is asked again", async () => {
    const { accessToken } = await signIn("new+work");
    await control.fault({
      method: "GET",
      path: "/v1.0/me/drive",
      kind: "status",
      value: 401,
      times: 2,
    });
    assert.equal((await graph.getAccount(accessToken)).type, "work");
  });

  for (const name of ["nolicence+work+nodrive", "nosite+nodrive"]) {
    await t.step(`${name} has no OneDrive`, async () => {
      const { accessToken } = await signIn(name);
      const failure = await graph.getAccount(accessToken).catch((error) => error);
      assert.deepEqual([failure.name, failure.code], [
        "ProviderUserError",
        "no_onedrive",
      ]);
    });
  }

  await t.step(
    "a quota that is missing, zero or negative is unknown, not full",
    async () => {
      const { accessToken } = await signIn("quin");
      const unknown = { total: null, used: null, remaining: null };
      await control.set({ hide_quota: true });
      assert.deepEqual(await graph.getQuota(accessToken), {
        ...unknown,
        state: null,
      });
      for (const shown of [0, -1]) {
        await control.set({ hide_quota: null, quota_shown_as: shown });
        assert.deepEqual(await graph.getQuota(accessToken), {
          ...unknown,
          state: "normal",
        });
      }
      await control.set({ quota_shown_as: null });
    },
  );
});

import assert from "node:assert/strict";
import {
  type CipherContext,
  createTokenCipher,
} from "../../../supabase/functions/_shared/core/token-cipher.ts";

const key = (fill: number) => btoa(String.fromCharCode(...new Uint8Array(32).fill(fill)));
const context: CipherContext = { userId: "user-1", provider: "onedrive", column: "refresh_token" };
const cipher = createTokenCipher({ keys: { old: key(1), new: key(2) }, currentKeyId: "new" });

Deno.test("A token survives encryption and never shows in it", async () => {
  const sealed = await cipher.encrypt("M.C5_secret*!$", context);
  assert.equal(sealed.keyId, "new");
  assert.ok(!atob(sealed.text).includes("secret"));
  assert.equal(await cipher.decrypt(sealed, context), "M.C5_secret*!$");
});

Deno.test("Two encryptions of one token differ", async () => {
  const [first, second] = await Promise.all([
    cipher.encrypt("same", context),
    cipher.encrypt("same", context),
  ]);
  assert.notEqual(first.text, second.text);
});

Deno.test("A ciphertext moved to another place does not decrypt", async (t) => {
  const sealed = await cipher.encrypt("token", context);
  for (const change of [{ userId: "user-2" }, { provider: "google" }, { column: "access_token" }]) {
    await t.step(Object.keys(change)[0]!, async () => {
      await assert.rejects(() => cipher.decrypt(sealed, { ...context, ...change }));
    });
  }
});

Deno.test("A changed ciphertext does not decrypt", async () => {
  const sealed = await cipher.encrypt("token", context);
  const bytes = Uint8Array.from(atob(sealed.text), (character) => character.charCodeAt(0));
  bytes[bytes.length - 1]! ^= 1;
  await assert.rejects(() =>
    cipher.decrypt({ ...sealed, text: btoa(String.fromCharCode(...bytes)) }, context)
  );
});

Deno.test("Values of an old key stay readable after rotation", async () => {
  const before = createTokenCipher({ keys: { old: key(1) }, currentKeyId: "old" });
  const sealed = await before.encrypt("token", context);
  assert.equal(await cipher.decrypt(sealed, context), "token");
});

Deno.test("An unknown key id is named", async () => {
  await assert.rejects(
    () => cipher.decrypt({ text: "AAAA", keyId: "lost" }, context),
    /"lost" is not configured/,
  );
});

Deno.test("Tokens of several thousand characters are encrypted", async () => {
  const long = "x".repeat(20_000);
  assert.equal(await cipher.decrypt(await cipher.encrypt(long, context), context), long);
});

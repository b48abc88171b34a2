import assert from "node:assert/strict";
import { readArrival } from "../../../web/src/app/read-arrival.ts";

const at = (path: string) => readArrival(new URL(path, "https://app.example"));

Deno.test("readArrival leads a recovery link to the new password", () => {
  assert.equal(at("/#access_token=a.b.c&type=recovery"), "/set-password#access_token=a.b.c&type=recovery");
});

Deno.test("readArrival leads a dead link to asking for another", () => {
  const hash = "#error=access_denied&error_code=otp_expired&error_description=Email+link+is+invalid";
  assert.equal(at(`/${hash}`), "/forgot-password?expired=true");
});

Deno.test("readArrival leads a dead confirmation link to asking for another", () => {
  assert.equal(
    at("/confirm-email#error=access_denied&error_code=otp_expired"),
    "/confirm-email?expired=true",
  );
});

Deno.test("readArrival leaves other addresses alone", () => {
  for (const path of ["/", "/tasks#top", "/#access_token=a.b.c&type=signup"]) {
    assert.equal(at(path), null, path);
  }
});

Deno.test("readArrival leaves the answers of other providers alone", () => {
  assert.equal(at("/connect/finish#error=access_denied&error_description=no"), null);
});

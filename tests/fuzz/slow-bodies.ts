import assert from "node:assert/strict";
import { callFunction } from "../functions/support/call-function.ts";
import { RAW_CASES } from "./cases/raw-cases.ts";
import type { FuzzWorld } from "./support/fuzz-world.ts";
import { openRaw } from "./support/raw-request.ts";

const SLOW_CLIENTS = 12;
/** The bound is 10 s; the rest is for a busy machine. */
const REFUSED_WITHIN_MS = 20_000;
const SERVED_WITHIN_MS = 5_000;

/** Sends what no client would and expects a 4xx or a closed connection; returns the count. */
export async function sendRawCases({ env, caller }: FuzzWorld): Promise<number> {
  const head = headOf(env, caller.token);
  for (const { title, request, mayClose, mayBeTaken } of RAW_CASES) {
    const connection = await openRaw(env.API_URL!);
    await connection.send(request.replace("{head}", head)).catch((error) => {
      if (!mayClose) throw error;
    });
    const { status, text } = await connection.answer(15_000);
    connection.close();
    const isRefused = (status >= 400 && status < 500) || (status === 0 && mayClose) || status === 505;
    assert.ok(isRefused || (mayBeTaken && status < 300), `${title}: ${status} ${text.slice(0, 300)}`);
  }
  const after = await callFunction(env, caller, "GET", "videos");
  assert.equal(after.status, 200, "everybody else is still served");
  return RAW_CASES.length;
}

/**
 * Clients that send a byte a second, or stop in the middle: each is refused with 408 within a bound, and meanwhile
 * everybody else is served. Returns how many there were.
 */
export async function sendSlowBodies({ env, caller }: FuzzWorld): Promise<number> {
  const head = headOf(env, caller.token);
  const start = `POST /functions/v1/onedrive/folders HTTP/1.1\r\n${head}content-type: application/json\r\n`;
  const clients = Array.from({ length: SLOW_CLIENTS }, async (_, index) => {
    const connection = await openRaw(env.API_URL!);
    const isChunked = index % 3 === 2;
    await connection.send(
      start + (isChunked ? "transfer-encoding: chunked\r\n\r\n" : "content-length: 500\r\n\r\n"),
    );
    // Every third stops after its headers.
    const timer = index % 3 === 1 ? undefined : setInterval(() => {
      connection.send(isChunked ? "1\r\n{\r\n" : "{").catch(() => clearInterval(timer));
    }, 1_000);
    const answer = await connection.answer(REFUSED_WITHIN_MS);
    clearInterval(timer);
    connection.close();
    return answer;
  });
  const startedAt = performance.now();
  const meanwhile = await callFunction(env, caller, "GET", "onedrive/status");
  assert.equal(meanwhile.status, 200);
  assert.ok(performance.now() - startedAt < SERVED_WITHIN_MS, "slow clients hold others up");
  for (const { status, text, ms } of await Promise.all(clients)) {
    assert.equal(status, 408, `after ${Math.round(ms)} ms: ${text.slice(0, 300)}`);
    assert.match(text, /"code":"body_incomplete"/);
  }
  return SLOW_CLIENTS;
}

function headOf(env: FuzzWorld["env"], token: string): string {
  return `host: ${
    new URL(env.API_URL!).host
  }\r\napikey: ${env.PUBLISHABLE_KEY}\r\nauthorization: Bearer ${token}\r\n`;
}

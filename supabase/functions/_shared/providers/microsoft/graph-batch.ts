import { type Clock, type Sleep, systemClock, systemSleep } from "../../core/clock.ts";
import { ProviderApiError } from "../../core/provider-errors.ts";
import { readRetryAfter } from "../../core/read-retry-after.ts";
import { PROVIDER, readErrorCodes } from "./error-answer.ts";
import type { GraphHttp } from "./graph-http.ts";
import { parseAnswer } from "./http.ts";
import { batchAnswerSchema } from "./schema.ts";

const BATCH_SIZE = 20;
const ROUNDS = 3;
const PAUSE_WITHOUT_HEADER_S = 1;
const LONGEST_PAUSE_S = 5;

/** One answer of a batch: its body, or the error it failed with. */
export type BatchResult = { ok: true; body: unknown } | { ok: false; error: ProviderApiError };

/**
 * Asks many things at once: GET of every path (below /v1.0), twenty a call. The outer answer is 200 even when single
 * ones are throttled; those are asked again after the longest pause among them. What is still throttled after three
 * rounds, or asks for a longer pause, comes back as its error. Results stand in the order of `paths`.
 */
export async function getBatch(
  http: GraphHttp,
  token: string,
  paths: readonly string[],
  { sleep = systemSleep, clock = systemClock }: { sleep?: Sleep; clock?: Clock } = {},
): Promise<BatchResult[]> {
  const results: BatchResult[] = [];
  let open = paths.map((_path, index) => index);
  for (let round = 1; open.length > 0; round++) {
    const parts = Array.from(
      { length: Math.ceil(open.length / BATCH_SIZE) },
      (_part, number) => open.slice(number * BATCH_SIZE, (number + 1) * BATCH_SIZE),
    );
    const answers = await Promise.all(parts.map((part) => askOnce(http, token, paths, part, clock())));
    for (const [index, result] of answers.flatMap((answer) => [...answer])) results[index] = result;
    const throttled = open.filter((index) => isThrottled(results[index]!));
    const pause = Math.max(0, ...throttled.map((index) => pauseOf(results[index]!)));
    if (throttled.length > 0) http.gate.note(token, new ProviderApiError(PROVIDER, 429, "batch", pause));
    if (round >= ROUNDS || pause > LONGEST_PAUSE_S) break;
    if (throttled.length > 0) await sleep(pause * 1000);
    open = throttled;
  }
  return results;
}

async function askOnce(
  http: GraphHttp,
  token: string,
  paths: readonly string[],
  indexes: readonly number[],
  now: Date,
): Promise<Map<number, BatchResult>> {
  const requests = indexes.map((index) => ({ id: String(index), method: "GET", url: paths[index] }));
  const answer = await http.repeat(token, "POST", `${http.base}/$batch`, { requests });
  const { responses } = parseAnswer(batchAnswerSchema, answer);
  const byId = new Map(responses.map((response) => [response.id, response]));
  return new Map(indexes.map((index) => {
    const response = byId.get(String(index));
    if (!response) return [index, failed(new ProviderApiError(PROVIDER, 0, "no_answer"))];
    if (response.status < 400) return [index, { ok: true, body: response.body }];
    const headers = new Headers(response.headers ?? {});
    const pause = readRetryAfter(new Response(null, { headers }), now.getTime());
    const code = readErrorCodes(response.body).at(-1) ?? "";
    return [index, failed(new ProviderApiError(PROVIDER, response.status, code, pause))];
  }));
}

const failed = (error: ProviderApiError): BatchResult => ({ ok: false, error });

function isThrottled(result: BatchResult): boolean {
  return !result.ok && result.error.isTransient;
}

function pauseOf(result: BatchResult): number {
  return result.ok ? 0 : result.error.retryAfterSeconds ?? PAUSE_WITHOUT_HEADER_S;
}

import type { Case } from "./case.ts";
import { checkAnswer, type CheckBody, type FuzzAnswer } from "./check-answer.ts";
import type { FuzzWorld } from "./fuzz-world.ts";

export interface FuzzCount {
  readonly cases: number;
  /** Odd but not wrong, and taken. */
  readonly taken: number;
  readonly refused: number;
  /** What was answered wrongly, one line each. */
  readonly wrong: readonly string[];
}

const ANSWER_WITHIN_MS = 30_000;

/** Sends every case as the caller, several at a time, and counts the answers. */
export async function sendCases(
  world: FuzzWorld,
  cases: readonly Case[],
  checkBody: CheckBody,
): Promise<FuzzCount> {
  let taken = 0;
  let refused = 0;
  const wrong: string[] = [];
  const queue = [...cases];
  async function work(): Promise<void> {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const answer = await sendCase(world, next);
      try {
        if (checkAnswer(next, answer, checkBody, world.foreign.texts)) refused++;
        else taken++;
      } catch (error) {
        const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
        wrong.push(`${next.title}: ${answer.status} ${answer.text.slice(0, 200)} (${why})`);
      }
    }
  }
  await Promise.all(Array.from({ length: 6 }, work));
  return { cases: cases.length, taken, refused, wrong };
}

async function sendCase(
  { env, caller }: FuzzWorld,
  { method, path, headers, body }: Case,
): Promise<FuzzAnswer> {
  const isRaw = typeof body === "string" || body instanceof Uint8Array;
  const all = new Headers({ apikey: env.PUBLISHABLE_KEY!, authorization: `Bearer ${caller.token}` });
  if (body !== undefined && !isRaw) all.set("content-type", "application/json");
  for (const [name, value] of Object.entries(headers ?? {})) all.set(name, value);
  const hasBody = body !== undefined && method !== "GET" && method !== "HEAD";
  try {
    const response = await fetch(`${env.API_URL}${path}`, {
      method,
      headers: all,
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      body: hasBody ? isRaw ? body as BodyInit : JSON.stringify(body) : undefined,
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    return { status: 599, text: `no answer: ${error instanceof Error ? error.message : error}` };
  }
}

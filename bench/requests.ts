import postgres from "postgres";
import { createAccount, type TestAccount } from "../tests/functions/support/account.ts";
import { startStack, type TestStack } from "../tests/support/stack.ts";
import { note, printResult } from "./result.ts";
import { percentile } from "./statistics.ts";

const BASE_PORT = 29_000;
const CONCURRENT = 100;
const REQUESTS_PER_ROUND = 1_000;
const ROUNDS = 5;
const VIDEOS = 60;
const PAGE = 50;

/** A page of videos through the function, against the same rows read straight from the Data API. */
export async function run(): Promise<void> {
  const stack = await startStack({ basePort: BASE_PORT });
  try {
    const account = await createAccount(stack.env);
    await addVideos(stack, account);
    const api = stack.env.API_URL!;
    const viaFunction = `${api}/functions/v1/videos?limit=${PAGE}`;
    // The function asks for one row more, to know whether there is another page.
    const direct = `${api}/rest/v1/product_videos?select=*&order=id.desc&limit=${PAGE + 1}`;
    const load = (url: string, total: number) => measureRequests(stack, account, url, total);
    await load(viaFunction, CONCURRENT * 3);
    await load(direct, CONCURRENT * 3);

    const functionMs: number[] = [];
    const directMs: number[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      const through = await load(viaFunction, REQUESTS_PER_ROUND);
      const straight = await load(direct, REQUESTS_PER_ROUND);
      note(
        `round ${round}: p95 ${p95(through).toFixed(0)} ms function, ${p95(straight).toFixed(0)} ms direct`,
      );
      functionMs.push(...through);
      directMs.push(...straight);
    }
    printResult({
      bench: "requests",
      metric: "time",
      value: p95(functionMs),
      unit: "ms",
      baseline: "the same read from the Data API",
      baselineValue: p95(directMs),
    });
  } finally {
    await stack.stop();
  }
}

const p95 = (values: readonly number[]) => percentile(values, 0.95);

async function addVideos(stack: TestStack, account: TestAccount): Promise<void> {
  const sql = postgres(stack.env.DB_URL!, { max: 1 });
  try {
    await sql`
      insert into public.product_videos (user_id, filename, size_bytes, mime_type, upload_status)
      select ${account.id}, 'clip ' || n || '.mp4', 1048576, 'video/mp4', 'complete'
      from generate_series(1, ${VIDEOS}::int) as n`;
  } finally {
    await sql.end();
  }
}

/** Milliseconds of each of `total` requests, always 100 of them on their way. */
async function measureRequests(
  stack: TestStack,
  account: TestAccount,
  url: string,
  total: number,
): Promise<number[]> {
  const headers = { apikey: stack.env.PUBLISHABLE_KEY!, authorization: `Bearer ${account.token}` };
  const times: number[] = [];
  let left = total;
  const ask = async () => {
    while (left-- > 0) {
      const startedAt = performance.now();
      const response = await fetch(url, { headers });
      const body = await response.text();
      times.push(performance.now() - startedAt);
      if (!response.ok) throw new Error(`${url} answered ${response.status}: ${body}`);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT }, ask));
  return times;
}

import type postgres from "postgres";
import { sendRequest } from "./send-request.ts";
import type { QueuedRequest } from "./send-request.ts";

/** Settings of pg_net: pg_net.batch_size, the pause after a batch, pg_net.ttl. */
const BATCH_SIZE = 200;
const PAUSE_MS = 1_000;
const TTL = "6 hours";
const PRUNE_EVERY_MS = 60_000;

/** Sends the requests of net.http_request_queue until the process ends. */
export async function runNet(sql: postgres.Sql): Promise<void> {
  let woken = false;
  let working = false;

  async function work(): Promise<void> {
    woken = true;
    if (working) return;
    working = true;
    try {
      while (woken) {
        woken = false;
        while (await sendBatch(sql) === BATCH_SIZE) {
          await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
        }
      }
    } catch (error) {
      console.error("sending requests:", error);
    } finally {
      working = false;
    }
  }

  await sql.listen("net_request_queued", work, work);
  setInterval(
    () => prune(sql).catch((error) => console.error("pruning answers:", error.message)),
    PRUNE_EVERY_MS,
  );
}

/**
 * Sends up to a batch at once, waits for the slowest, then stores all answers in one transaction: a crash in
 * between sends again, so receivers must stand repetition, as with pg_net.
 */
async function sendBatch(sql: postgres.Sql): Promise<number> {
  const requests = await sql<QueuedRequest[]>`
    select id::text, method, url, headers, convert_from(body, 'UTF8') as body, timeout_milliseconds as "timeoutMs"
    from net.http_request_queue order by id limit ${BATCH_SIZE}`;
  if (requests.length === 0) return 0;
  const answers = await Promise.all(requests.map(sendRequest));
  await sql.begin(async (tx) => {
    await tx`delete from net.http_request_queue where id = any(${
      requests.map((request) => request.id)
    }::bigint[])`;
    for (const answer of answers) {
      await tx`
        insert into net._http_response (id, status_code, content_type, headers, content, timed_out, error_msg)
        values (
          ${answer.id}, ${answer.statusCode}, ${answer.contentType},
          ${answer.headers ? tx.json(answer.headers) : null}, ${answer.content},
          ${answer.timedOut}, ${answer.errorMessage}
        )`;
    }
  });
  return requests.length;
}

async function prune(sql: postgres.Sql): Promise<void> {
  await sql`delete from net._http_response where created < now() - ${TTL}::interval`;
}

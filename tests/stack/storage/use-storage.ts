import postgres from "postgres";
import type { TestStorage } from "./storage-process.ts";

type Clients = Pick<TestStorage, "service" | "anonymous" | "asUser">;

/** The Storage API of a running stack, through its gateway. `stop` takes away the buckets a test has made. */
export async function useStorage(
  { API_URL = "", DB_URL = "" }: Readonly<Record<string, string>>,
  createClients: (url: string) => Clients,
): Promise<TestStorage> {
  const sql = postgres(DB_URL, { max: 2, onnotice: () => {} });
  const clients = createClients(API_URL);
  const listBuckets = async () =>
    (await sql<{ id: string }[]>`select id from storage.buckets`).map(({ id }) => id);
  const foreign = await listBuckets();
  const refuse = (): never => {
    throw new Error("This test is about the embedded Storage API; run it without TEST_STACK_ENV.");
  };
  return {
    ...clients,
    url: API_URL,
    sql,
    pid: refuse,
    restart: refuse,
    get dataDir() {
      return refuse();
    },
    get superuserUrl() {
      return refuse();
    },
    async stop() {
      for (const id of (await listBuckets()).filter((bucket) => !foreign.includes(bucket))) {
        await clients.service.storage.emptyBucket(id);
        await clients.service.storage.deleteBucket(id);
        for (const verb of ["read", "insert", "update", "delete"]) {
          await sql.unsafe(`drop policy if exists "${id} ${verb}" on storage.objects`);
        }
      }
      await sql.end({ timeout: 1 });
    },
  };
}

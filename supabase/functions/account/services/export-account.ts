import { EXPORT_LINK_HOURS } from "../../_shared/contracts/account.ts";
import type { ObjectPlace } from "../../_shared/db/account-objects.ts";
import type { AccountDeps, Caller } from "./deps.ts";
import { limitCalls } from "./limit-calls.ts";

const ROWS_PER_PAGE = 1000;

const NOTE = "Video files lie in your own OneDrive and are not part of this file; " +
  `the addresses of stored objects work for ${EXPORT_LINK_HOURS} hours.`;

/** A piece of the document; rows go through as the bytes they came in. */
type Part = string | Uint8Array<ArrayBuffer>;

/**
 * Everything the caller owns as one JSON document. What can be refused is refused before the first byte; a failure
 * after it breaks the stream off, so that half a document is never taken for a whole one. One page of rows is in
 * memory at a time. Rows changed while it runs appear as they were or as they are.
 */
export async function exportAccount(deps: AccountDeps, caller: Caller) {
  await limitCalls(deps, caller, "export");
  const { id, email, createdAt, lastSignInAt, metadata, providers } = await deps
    .users.findByToken(
      caller.token,
    );
  const [tables, sessions] = await Promise.all([
    deps.data.listTables(caller.token),
    deps.data.listSessions(caller.token),
  ]);
  const exportedAt = deps.clock().toISOString();
  const head = {
    format: "cliprelay-export",
    version: 1,
    exported_at: exportedAt,
    account: {
      id,
      email,
      created_at: createdAt,
      last_sign_in_at: lastSignInAt,
      user_metadata: metadata,
      providers,
    },
    sessions,
  };
  async function* write(): AsyncGenerator<Part> {
    yield `${JSON.stringify(head).slice(0, -1)},"tables":{`;
    for (const [index, table] of tables.entries()) {
      yield `${index > 0 ? "," : ""}\n${JSON.stringify(table)}:[`;
      yield* writeTable(deps, caller, table);
      yield "]";
    }
    yield '},\n"objects":[';
    yield* writeObjects(deps, id);
    yield `],\n"note":${JSON.stringify(NOTE)},"complete":true}\n`;
  }
  return {
    filename: `cliprelay-export-${exportedAt.slice(0, 10)}.json`,
    stream: ReadableStream.from(encode(write())),
  };
}

async function* encode(parts: AsyncGenerator<Part>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  for await (const part of parts) yield typeof part === "string" ? encoder.encode(part) : part;
}

async function* writeTable(
  deps: AccountDeps,
  caller: Caller,
  table: string,
): AsyncGenerator<Part> {
  let after: string | null = null;
  do {
    const page = deps.data.readPage(caller.token, table, ROWS_PER_PAGE, after);
    let piece = await page.next();
    if (after && !piece.done) yield ",";
    for (; !piece.done; piece = await page.next()) yield piece.value;
    after = piece.value;
  } while (after);
}

async function* writeObjects(
  deps: AccountDeps,
  userId: string,
): AsyncGenerator<string> {
  let after: ObjectPlace | undefined;
  while (true) {
    const page = await deps.objects.listPage(userId, after);
    if (page.length === 0) return;
    const urls = await deps.objects.sign(page, EXPORT_LINK_HOURS * 3600);
    const documents = page.map(({ bucket_id: bucket, name: path, ...facts }) =>
      JSON.stringify({
        bucket,
        path,
        ...facts,
        url: urls.get(`${bucket}/${path}`) ?? null,
      })
    );
    yield `${after ? "," : ""}${documents.join(",")}`;
    after = page.at(-1);
  }
}

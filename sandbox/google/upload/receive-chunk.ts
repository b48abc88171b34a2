import { BlobWriter } from "../../kit/blob-writer.ts";
import { createTurns } from "../../kit/create-turns.ts";
import { ConnectionCut, type Exchange } from "../../kit/exchange.ts";
import type { Kit } from "../../kit/provider.ts";
import { GoogleFailure, notFound } from "../google-failure.ts";
import type { GoogleState } from "../state.ts";
import { type Chunk, CHUNK_UNIT } from "./content-range.ts";
import type { UploadSession } from "./upload-session.ts";

/**
 * Stores chunks, one at a time per session. Of a chunk whose connection breaks the whole 256 KiB units stay, unless
 * the setting `partial_fragments` is off; the setting `stored_chunk_bytes` makes the server keep less than was sent.
 */
export function createChunkReceiver(kit: Kit, state: GoogleState) {
  const turns = createTurns();
  const waitUntilFree = (session: UploadSession) => turns.waitUntilFree(session.id);

  /** Stores the chunk and, when it completes the file, runs `finish` before anybody else gets a turn. */
  async function receiveChunk(
    session: UploadSession,
    chunk: Chunk,
    exchange: Exchange,
    finish: () => Promise<void>,
  ): Promise<void> {
    if (turns.isBusy(session.id)) throw unavailable("Another request of the session is in progress.");
    if (chunk.start > session.nextOffset) throw unavailable(describeGap(chunk.start, session.nextOffset));
    const work = store(session, chunk, exchange).then(async (stored) => {
      if (stored === chunk.total) await finish();
      session.nextOffset = stored;
      kit.touch();
    });
    await turns.hold(session.id, exchange, work);
  }

  /** Resolves to how many bytes of the file are stored now. */
  async function store(session: UploadSession, chunk: Chunk, exchange: Exchange): Promise<number> {
    let received = 0;
    const writer = await BlobWriter.open(
      kit.blobs.path(session.blob),
      chunk.start,
      (bytes) => void (received += bytes.length),
    );
    try {
      await exchange.body.pump((bytes) => writer.write(bytes));
    } catch (error) {
      await writer.close();
      const isKept = error instanceof ConnectionCut && kit.settings.get("google", "partial_fragments", true);
      if (isKept) {
        session.nextOffset = chunk.start + wholeUnits(received);
        session.total = chunk.total;
        kit.touch();
      }
      throw error;
    }
    await writer.close();
    if (state.sessions.get(session.id) !== session) throw notFound();
    session.total = chunk.total;
    const limit = kit.settings.get("google", "stored_chunk_bytes");
    const isShortened = limit !== null && limit < received;
    return chunk.start + (isShortened ? wholeUnits(limit) : received);
  }

  return { receiveChunk, waitUntilFree };
}

function wholeUnits(bytes: number): number {
  return bytes - bytes % CHUNK_UNIT;
}

/** Bytes are skipped: nothing of the body is stored. */
function describeGap(start: number, stored: number): string {
  const gap =
    `the upload offset is ${start} byte(s), which exceeds already uploaded size of ${stored} byte(s).`;
  return `Invalid request. According to the Content-Range header, ${gap}`;
}

function unavailable(message: string): GoogleFailure {
  return new GoogleFailure(503, "backendError", message, { domain: "global" });
}

import { badRequest, GoogleFailure } from "../google-failure.ts";
import type { UploadSession } from "./upload-session.ts";

/** Every chunk but the last is a multiple of this, in bytes. */
export const CHUNK_UNIT = 256 * 1024;

/** What a request of a session brings. Offsets in bytes, `end` exclusive, `total` null while nobody told it. */
export type ChunkRequest = { kind: "query"; total: number | null } | Chunk;

export interface Chunk {
  kind: "chunk";
  start: number;
  end: number;
  total: number | null;
  isLast: boolean;
}

/** Reads and judges the headers of a PUT to a session. Throws 400 or 411 as Google's upload servers do. */
export function readChunkRequest(headers: Headers, session: UploadSession): ChunkRequest {
  const length = readContentLength(headers);
  const header = headers.get("content-range");
  if (header === null) return wholeFile(length, session);
  const query = /^bytes \*\/(\d{1,15}|\*)$/.exec(header);
  if (query !== null) {
    if (length > 0) throw badRequest("Client sent query request with a non-empty body.");
    return { kind: "query", total: agreeOnTotal(session, query[1]!) };
  }
  const match = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(header);
  if (match === null) throw unparsable();
  const [start, end] = [Number(match[1]), Number(match[2]) + 1];
  const total = agreeOnTotal(session, match[3]!);
  if (end <= start || (total !== null && end > total)) throw unparsable();
  if (length !== end - start) {
    const expected = `${end - start} byte(s) (starting at offset ${start} and ending at offset ${end - 1})`;
    const given = `There were ${length} byte(s) in the request body.`;
    throw invalidRequest(
      `${given} There should have been ${expected} according to the Content-Range header.`,
    );
  }
  const isLast = end === total;
  if (!isLast && length % CHUNK_UNIT !== 0) {
    throw invalidRequest(
      `The size of a chunk that is not the last must be a multiple of ${CHUNK_UNIT} bytes.`,
    );
  }
  return { kind: "chunk", start, end, total, isLast };
}

function wholeFile(length: number, session: UploadSession): ChunkRequest {
  const total = agreeOnTotal(session, String(length));
  return { kind: "chunk", start: 0, end: length, total, isLast: true };
}

function readContentLength(headers: Headers): number {
  const length = headers.get("content-length");
  if (length !== null) return Number(length);
  throw new GoogleFailure(411, "lengthRequired", "POST requests require a Content-length header.", {
    domain: "global",
  });
}

/** The total which a header tells, or the session's for `*`; the two must not differ. */
function agreeOnTotal(session: UploadSession, told: string): number | null {
  if (told === "*") return session.total;
  const total = Number(told);
  if (session.total === null || session.total === total) return total;
  const given = `According to the Content-Range header, the final size of the upload is ${total} byte(s).`;
  const expected = `the expected size of ${session.total} byte(s), which was specified in an earlier request`;
  throw invalidRequest(`${given} This does not match ${expected}.`);
}

function unparsable(): GoogleFailure {
  return badRequest("Failed to parse Content-Range header.");
}

function invalidRequest(message: string): GoogleFailure {
  return badRequest(`Invalid request. ${message}`);
}

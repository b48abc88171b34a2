import { discardBody, type Exchange } from "../../kit/exchange.ts";
import type { Kit } from "../../kit/provider.ts";
import { badRequest } from "../google-failure.ts";
import type { GoogleState } from "../state.ts";
import { addVideo } from "../video/add-video.ts";
import { renderVideo } from "../video/video-view.ts";
import { type Chunk, readChunkRequest } from "./content-range.ts";
import { createChunkReceiver } from "./receive-chunk.ts";
import type { UploadSession } from "./upload-session.ts";

/**
 * PUT to the address of a session: a chunk, the whole file, or the question how much is stored. Answers 308 while
 * bytes are missing, then 201 with the video, which every later request of the session gets again.
 */
export function createSessionContinuer(kit: Kit, state: GoogleState) {
  const { receiveChunk, waitUntilFree } = createChunkReceiver(kit, state);

  return async function continueSession(
    session: UploadSession,
    request: Request,
    exchange: Exchange,
  ): Promise<Response> {
    await waitUntilFree(session);
    if (session.result !== null) return await drain(exchange, session);
    const asked = readChunkRequest(request.headers, session);
    if (exchange.processingMs !== null) session.processingMs = exchange.processingMs;
    const chunk = asked.kind === "query" ? lastPieceOf(session, asked.total) : asked;
    // A question, or an overlap: of that nothing is stored, and the answer says where to go on.
    if (chunk === null || chunk.start < session.nextOffset) return await drain(exchange, session);
    await receiveChunk(session, chunk, exchange, () => finish(session, chunk.end));
    return answerState(session, null);
  };

  async function finish(session: UploadSession, size: number): Promise<void> {
    const account = state.accounts.get(session.account);
    if (account === undefined) throw badRequest("The account of the session does not exist.");
    const { metadata, blob, mimeType, notifySubscribers, processingMs } = session;
    const upload = { metadata, blob, size, mimeType, notifySubscribers, processingMs };
    const video = await addVideo(kit, state, account, upload);
    session.result = renderVideo(kit, account, video, session.parts);
  }
}

/** Telling the length of a file whose bytes are all there completes it; any other question stores nothing. */
function lastPieceOf(session: UploadSession, total: number | null): Chunk | null {
  session.total = total;
  const at = session.nextOffset;
  return total === at ? { kind: "chunk", start: at, end: at, total, isLast: true } : null;
}

/** What a session answers: 308 while bytes are missing, else the final answer. */
export function answerState(session: UploadSession, retryAfterS: number | null): Response {
  return session.result === null ? answerIncomplete(session, retryAfterS) : answerFinal(session);
}

/** 308 with the range that is stored; without one when nothing is. It has no Location. */
function answerIncomplete(session: UploadSession, retryAfterS: number | null): Response {
  const headers = new Headers({
    "content-length": "0",
    "content-type": "text/html; charset=UTF-8",
    "x-guploader-uploadid": session.id,
    server: "UploadServer",
  });
  if (session.nextOffset > 0) headers.set("range", `bytes=0-${session.nextOffset - 1}`);
  if (retryAfterS !== null) headers.set("retry-after", String(retryAfterS));
  return new Response(null, { status: 308, headers });
}

async function drain(exchange: Exchange, session: UploadSession): Promise<Response> {
  await discardBody(exchange.body);
  return answerState(session, null);
}

function answerFinal(session: UploadSession): Response {
  return Response.json(session.result, {
    status: 201,
    headers: { "x-guploader-uploadid": session.id, server: "UploadServer" },
  });
}

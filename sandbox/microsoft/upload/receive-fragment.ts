import { BlobWriter } from "../../kit/blob-writer.ts";
import { createTurns } from "../../kit/create-turns.ts";
import { ConnectionCut, type Exchange } from "../../kit/exchange.ts";
import type { Kit } from "../../kit/provider.ts";
import { GraphFailure, itemNotFound } from "../graph-failure.ts";
import { QuickXorHash } from "../quick-xor-hash.ts";
import type { MicrosoftState } from "../state.ts";
import { FRAGMENT_UNIT, type FragmentRange, readFragmentRange } from "./fragment-range.ts";
import { sessionLifetimeMs } from "./session-life.ts";
import type { UploadSession } from "./upload-session.ts";

/**
 * Stores one fragment and moves the session on; resolves to true when it was the last.
 * A fragment whose connection breaks is lost whole, unless the setting `partial_fragments` keeps what arrived.
 */
export function createFragmentReceiver(kit: Kit, state: MicrosoftState) {
  const turns = createTurns();
  const waitUntilFree = (session: UploadSession) => turns.waitUntilFree(session.id);

  async function receiveFragment(
    session: UploadSession,
    headers: Headers,
    exchange: Exchange,
  ): Promise<boolean> {
    if (!await waitUntilFree(session) || turns.isBusy(session.id)) {
      throw new GraphFailure(409, "conflict", "Another fragment of the session is in flight.");
    }
    const range = readFragmentRange(headers, session);
    if (exchange.processingMs !== null) session.processingMs = exchange.processingMs;
    await turns.hold(session.id, exchange, store(session, range, exchange));
    return range.isLast;
  }

  async function store(session: UploadSession, range: FragmentRange, exchange: Exchange): Promise<void> {
    const hash = QuickXorHash.restore(session.hash);
    const writer = await BlobWriter.open(
      kit.blobs.path(session.blob),
      range.start,
      (bytes) => hash.update(bytes),
    );
    try {
      await exchange.body.pump((chunk) => writer.write(chunk));
    } catch (error) {
      await writer.close();
      const isKept = error instanceof ConnectionCut &&
        kit.settings.get("microsoft", "partial_fragments", false);
      if (isKept) advance(session, range, hash);
      throw error;
    }
    await writer.close();
    advance(session, range, hash);
  }

  function advance(session: UploadSession, range: FragmentRange, hash: QuickXorHash): void {
    if (state.sessions.get(session.id) !== session) throw itemNotFound();
    const isMisaligned = !range.isLast && (range.end - range.start) % FRAGMENT_UNIT !== 0;
    session.isMisaligned ||= isMisaligned;
    session.total = range.total;
    session.nextOffset = hash.length;
    session.hash = hash.save();
    const kind = state.accounts.get(session.account)!.kind;
    session.expiresAt = kit.now() + sessionLifetimeMs(kit, kind);
    kit.touch();
  }

  return { receiveFragment, waitUntilFree };
}

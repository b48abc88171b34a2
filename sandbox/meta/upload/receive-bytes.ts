import { BlobWriter } from "../../kit/blob-writer.ts";
import { createTurns } from "../../kit/create-turns.ts";
import { ConnectionCut, type Exchange } from "../../kit/exchange.ts";
import type { Kit } from "../../kit/provider.ts";
import { readSwitch } from "../read-switch.ts";
import type { Container } from "../reels/container.ts";
import { MAX_BYTES } from "../reels/inspect-video.ts";
import { offsetInvalid, partialRequest, processingFailed, UploadFailure } from "./upload-failure.ts";
import type { UploadRequest } from "./upload-headers.ts";

/**
 * Stores bytes, one request at a time per container. What arrived before a connection broke, or of a body that is
 * shorter than the rest of the file, stays unless the setting `partial_fragments` is off.
 */
export function createByteReceiver(kit: Kit) {
  const turns = createTurns();

  /** Resolves when the file is whole; `finish` has run by then, before anybody else gets a turn. */
  return async function receiveBytes(
    container: Container,
    upload: Extract<UploadRequest, { kind: "bytes" }>,
    exchange: Exchange,
    finish: () => Promise<void>,
  ): Promise<void> {
    if (!await turns.waitUntilFree(container.id) || turns.isBusy(container.id)) {
      const extra = { status: 409, isRetriable: true };
      throw new UploadFailure("ProcessingFailedError", "Another request is uploading this file", extra);
    }
    if (container.source.kind !== "resumable" || container.readyAt !== null) throw offsetInvalid();
    if (upload.total > MAX_BYTES || upload.total === 0) {
      throw processingFailed("The file size is not supported");
    }
    if ((container.source.total ?? upload.total) !== upload.total) throw partialRequest();
    if (upload.offset !== container.received) throw offsetInvalid();
    if (upload.offset + upload.length > upload.total) throw partialRequest();
    container.source.total = upload.total;
    const work = store(container, upload, exchange).then(async () => {
      if (container.received === upload.total) await finish();
    });
    await turns.hold(container.id, exchange, work);
    if (container.received < upload.total) throw partialRequest();
  };

  async function store(
    container: Container,
    upload: Extract<UploadRequest, { kind: "bytes" }>,
    exchange: Exchange,
  ): Promise<void> {
    let received = 0;
    const path = kit.blobs.path(container.blob);
    const writer = await BlobWriter.open(path, upload.offset, (bytes) => void (received += bytes.length));
    const isKept = () =>
      upload.offset + received === upload.total ||
      (readSwitch(kit, "facebook", "partial_fragments") ?? true);
    try {
      await exchange.body.pump((bytes) => writer.write(bytes));
    } catch (error) {
      await writer.close();
      if (error instanceof ConnectionCut && isKept()) advance(container, upload.offset + received);
      throw error;
    }
    await writer.close();
    if (isKept()) advance(container, upload.offset + received);
  }

  function advance(container: Container, received: number): void {
    container.received = received;
    kit.touch();
  }
}

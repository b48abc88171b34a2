import { BlobWriter } from "../../kit/blob-writer.ts";
import { ConnectionCut, type Exchange } from "../../kit/exchange.ts";
import type { Kit } from "../../kit/provider.ts";
import { readSwitch } from "../read-switch.ts";
import { offsetInvalid, partialRequest, processingFailed, UploadFailure } from "./upload-failure.ts";
import type { UploadRequest } from "./upload-headers.ts";
import type { UploadTarget } from "./upload-target.ts";

/**
 * Stores bytes, one request at a time per file. What arrived before a connection broke, or of a body that is
 * shorter than the rest of the file, stays unless the setting `partial_fragments` is off.
 */
export function createByteReceiver(kit: Kit) {
  const busy = new Map<string, { exchange: Exchange; done: Promise<void> }>();

  /** Resolves when the file is whole; its `finish` has run by then, before anybody else gets a turn. */
  return async function receiveBytes(
    file: UploadTarget,
    upload: Extract<UploadRequest, { kind: "bytes" }>,
    exchange: Exchange,
  ): Promise<void> {
    await waitUntilFree(file);
    if (!file.isOpen) throw offsetInvalid();
    if (upload.total > file.maxBytes || upload.total === 0) {
      throw processingFailed("The file size is not supported");
    }
    if ((file.total ?? upload.total) !== upload.total) throw partialRequest();
    if (upload.offset !== file.received) throw offsetInvalid();
    if (upload.offset + upload.length > upload.total) throw partialRequest();
    file.total = upload.total;
    const work = store(file, upload, exchange).then(async () => {
      if (file.received === upload.total) await file.finish();
    });
    busy.set(file.id, { exchange, done: work.catch(() => {}) });
    try {
      await work;
    } finally {
      busy.delete(file.id);
    }
    if (file.received < upload.total) throw partialRequest();
  };

  /** Waits for a request whose sender has gone. Throws while another one still arrives. */
  async function waitUntilFree({ id }: UploadTarget): Promise<void> {
    for (let holder = busy.get(id); holder !== undefined; holder = busy.get(id)) {
      if (!holder.exchange.isGone) {
        const extra = { status: 409, isRetriable: true };
        throw new UploadFailure("ProcessingFailedError", "Another request is uploading this file", extra);
      }
      await holder.done;
    }
  }

  async function store(
    file: UploadTarget,
    upload: Extract<UploadRequest, { kind: "bytes" }>,
    exchange: Exchange,
  ): Promise<void> {
    let received = 0;
    const path = kit.blobs.path(file.blob);
    const writer = await BlobWriter.open(path, upload.offset, (bytes) => void (received += bytes.length));
    const isKept = () =>
      upload.offset + received === upload.total ||
      (readSwitch(kit, "facebook", "partial_fragments") ?? true);
    try {
      await exchange.body.pump((bytes) => writer.write(bytes));
    } catch (error) {
      await writer.close();
      if (error instanceof ConnectionCut && isKept()) advance(file, upload.offset + received);
      throw error;
    }
    await writer.close();
    if (isKept()) advance(file, upload.offset + received);
  }

  function advance(file: UploadTarget, received: number): void {
    file.received = received;
    kit.touch();
  }
}

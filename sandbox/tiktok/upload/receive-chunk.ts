import { BlobWriter } from "../../kit/blob-writer.ts";
import { createTurns } from "../../kit/create-turns.ts";
import type { Exchange } from "../../kit/exchange.ts";
import type { Kit } from "../../kit/provider.ts";
import { finishPost } from "../post/finish-post.ts";
import type { Post, UploadSource } from "../post/post.ts";
import type { TiktokState } from "../state.ts";
import type { ChunkRange } from "./content-range.ts";

/** Stores chunks, one at a time per upload, each whole or not at all. */
export function createChunkReceiver(kit: Kit, state: TiktokState) {
  const turns = createTurns();
  const waitUntilFree = (post: Post) => turns.waitUntilFree(post.publishId);

  /** Stores a chunk; the last one makes the post, before anybody else gets a turn. False while another one arrives. */
  async function receiveChunk(
    post: Post & { source: UploadSource },
    chunk: ChunkRange,
    exchange: Exchange,
  ): Promise<boolean> {
    if (turns.isBusy(post.publishId)) return false;
    await turns.hold(post.publishId, exchange, store(post, chunk, exchange));
    return true;
  }

  async function store(
    post: Post & { source: UploadSource },
    chunk: ChunkRange,
    exchange: Exchange,
  ): Promise<void> {
    const writer = await BlobWriter.open(kit.blobs.path(post.blob), chunk.start, () => {});
    try {
      await exchange.body.pump((bytes) => writer.write(bytes));
    } finally {
      await writer.close();
    }
    post.received = chunk.end;
    if (chunk.end === chunk.total) await finishPost(kit, state, post, exchange.processingMs);
    kit.touch();
  }

  return { receiveChunk, waitUntilFree };
}

import { discardBody, type Exchange } from "../../kit/exchange.ts";
import type { Origin } from "../../kit/origin.ts";
import type { Kit } from "../../kit/provider.ts";
import { endOfChunk } from "../post/chunk-plan.ts";
import type { Post, UploadSource } from "../post/post.ts";
import type { TiktokState } from "../state.ts";
import { type ChunkRange, readChunkRange } from "./content-range.ts";
import { createChunkReceiver } from "./receive-chunk.ts";

const TYPES: readonly string[] = ["video/mp4", "video/quicktime", "video/webm"];

type Uploading = Post & { source: UploadSource };

/** https://open-upload.tiktokapis.com: the bytes of posts, chunk after chunk; the address is all the proof. */
export function createUploadOrigin(kit: Kit, state: TiktokState): Origin {
  const { receiveChunk, waitUntilFree } = createChunkReceiver(kit, state);

  async function handle(request: Request, exchange: Exchange): Promise<Response> {
    const post = findUpload(request);
    const refused = post === null ? 404 : request.method === "PUT" ? null : 405;
    if (post === null || refused !== null) return await refuse(refused ?? 404, exchange);
    if (isOver(post)) return await refuse(403, exchange);
    await waitUntilFree(post);
    const { headers } = request;
    const length = headers.get("content-length");
    if (length === null) return await refuse(411, exchange);
    const chunk = readChunkRange(headers.get("content-range"));
    const type = (headers.get("content-type") ?? "").split(";")[0]!.trim();
    if (chunk === null || !TYPES.includes(type)) return await refuse(400, exchange);
    if (chunk.total !== post.source.size || Number(length) !== chunk.end - chunk.start) {
      return await refuse(400, exchange);
    }
    if (post.arrived !== null || chunk.start !== post.received) return await refuse(416, exchange, post);
    if (chunk.end !== endOfChunk(post.source, chunk.start)) return await refuse(400, exchange);
    return await receive(post, chunk, type, exchange);
  }

  async function receive(post: Uploading, chunk: ChunkRange, type: string, exchange: Exchange) {
    const isStored = await receiveChunk(post, chunk, exchange);
    if (!isStored) return await refuse(503, exchange);
    post.source.mimeType = type;
    return answer(post.arrived === null ? 206 : 201, post);
  }

  function findUpload(request: Request): Uploading | null {
    const { pathname, searchParams } = new URL(request.url);
    const id = searchParams.get("upload_id");
    const found = [...state.posts.values()].filter(isUploading).find(({ source }) => source.uploadId === id);
    const isProven = pathname === "/video/" && found?.source.token === searchParams.get("upload_token");
    return isProven && found ? found : null;
  }

  function isOver({ source, failReason }: Uploading): boolean {
    return failReason !== null || kit.now() >= source.expiresAt;
  }

  return {
    service: "tiktok",
    handle,
    refuse: (status, retryAfterS) =>
      new Response(null, {
        status,
        headers: retryAfterS === null ? {} : { "retry-after": String(retryAfterS) },
      }),
    revoke: (request) => {
      const post = findUpload(request);
      if (post !== null) post.source.expiresAt = kit.now();
      kit.touch();
    },
    describeRoute: (path) => path,
  };
}

function isUploading(post: Post): post is Uploading {
  return post.source.kind === "FILE_UPLOAD";
}

async function refuse(status: number, exchange: Exchange, post?: Uploading): Promise<Response> {
  await discardBody(exchange.body);
  return answer(status, post);
}

/** Says how much is stored, where an upload is known. */
function answer(status: number, post?: Uploading): Response {
  const headers = new Headers({ "content-length": "0" });
  if (post) headers.set("content-range", `bytes 0-${post.received}/${post.source.size}`);
  return new Response(null, { status, headers });
}

import { Hono } from "hono";
import { BlobWriter } from "../kit/blob-writer.ts";
import { discardBody, type Exchange } from "../kit/exchange.ts";
import type { Origin } from "../kit/origin.ts";
import type { Kit } from "../kit/provider.ts";
import { sendVideo } from "../kit/send-video.ts";
import { BlotatoFailure, renderFailure } from "./blotato-failure.ts";
import type { HostedMedia } from "./media.ts";
import type { BlotatoState } from "./state.ts";

/** The host that Blotato keeps media on: public to read, and written by presigned addresses. */
export function createMediaOrigin(kit: Kit, state: BlotatoState): Origin {
  const app = new Hono<{ Bindings: { exchange: Exchange } }>();

  app.get("/media/:id/:filename", (c) => {
    const media = state.media.get(c.req.param("id"));
    if (!media || media.size === null) return c.notFound();
    return sendVideo(kit, { ...media, size: media.size }, c.req.header("range") ?? null);
  });

  app.put("/media/:id/:filename", async (c) => {
    const media = state.media.get(c.req.param("id"));
    const { exchange } = c.env;
    const length = c.req.header("content-length");
    const refusal = !media || media.uploadToken !== c.req.query("token")
      ? 403
      : kit.now() > media.uploadUntil!
      ? 403
      : length === undefined
      ? 411
      : null;
    if (refusal !== null) {
      await discardBody(exchange.body);
      throw new BlotatoFailure(refusal, refusal === 411 ? "Send Content-Length." : "This address is over.");
    }
    await receive(kit, media!, exchange);
    media!.mimeType = c.req.header("content-type") ?? "application/octet-stream";
    kit.touch();
    return c.body(null, 200);
  });

  app.get("/posts/:name{[0-9a-f-]+\\.mp4}", (c) => {
    const submission = state.submissions.get(c.req.param("name").replace(".mp4", ""));
    if (!submission?.sha256) return c.notFound();
    return sendVideo(kit, submission, c.req.header("range") ?? null);
  });

  app.onError((error) => {
    if (error instanceof BlotatoFailure) return renderFailure(error);
    throw error;
  });

  return {
    service: "blotato",
    handle: (request, exchange) => app.fetch(request, { exchange }),
    refuse: (status, retryAfterS) =>
      renderFailure(new BlotatoFailure(status, "The sandbox was told to refuse.", retryAfterS)),
    describeRoute: (path) => path.replace(/^\/(media|posts)\/.*/, "/$1/{id}"),
  };
}

async function receive(kit: Kit, media: HostedMedia, exchange: Exchange): Promise<void> {
  let size = 0;
  const writer = await BlobWriter.open(kit.blobs.path(media.blob), 0, () => {});
  try {
    await exchange.body.pump((chunk) => {
      size += chunk.length;
      return writer.write(chunk);
    });
  } finally {
    await writer.close();
  }
  media.size = size;
}

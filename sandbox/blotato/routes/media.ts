import type { Hono } from "hono";
import { z } from "zod";
import type { Kit } from "../../kit/provider.ts";
import { randomText } from "../../kit/random-text.ts";
import { BlotatoFailure } from "../blotato-failure.ts";
import type { BlotatoDeps, BlotatoEnv } from "../blotato-origin.ts";
import { DownloadFailure, downloadMedia } from "../download-media.ts";
import type { HostedMedia } from "../media.ts";

const UPLOAD_LIVES_MS = 5 * 60_000;
const urlSchema = z.object({ url: z.string().regex(/^(https?:|data:)/, 'must match format "uri"') });
const filenameSchema = z.object({
  filename: z.string().regex(/^[^/\\]+\.[a-z0-9]+$/i, "must have an extension"),
});

/** Media that Blotato keeps: copied from an address, or uploaded to a presigned one. */
export function addMediaRoutes(app: Hono<BlotatoEnv>, { kit, state, gate }: BlotatoDeps): void {
  app.post("/media", async (c) => {
    gate.take(c.var.user.name, "media");
    const { url } = read(urlSchema, await c.req.json().catch(() => null));
    const media = createMedia(kit, c.var.user.name, "media.mp4");
    const { maxMediaBytes } = c.var.user;
    try {
      const path = kit.blobs.path(media.blob);
      const { size, mimeType } = await downloadMedia(url, path, maxMediaBytes, c.req.raw.signal);
      state.media.set(media.id, { ...media, size, mimeType });
    } catch (error) {
      await kit.blobs.remove(media.blob);
      if (error instanceof DownloadFailure) throw new BlotatoFailure(422, `body.url: ${error.message}`);
      throw error;
    }
    kit.touch();
    return c.json({ url: publicUrlOf(kit, media) }, 201);
  });

  app.post("/media/uploads", async (c) => {
    gate.take(c.var.user.name, "uploads");
    const { filename } = read(filenameSchema, await c.req.json().catch(() => null));
    const media = {
      ...createMedia(kit, c.var.user.name, filename),
      uploadUntil: kit.now() + UPLOAD_LIVES_MS,
      uploadToken: randomText(24),
    };
    state.media.set(media.id, media);
    kit.touch();
    const publicUrl = publicUrlOf(kit, media);
    return c.json({ presignedUrl: `${publicUrl}?token=${media.uploadToken}`, publicUrl }, 201);
  });
}

function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new BlotatoFailure(422, `body.${issue!.path.join(".")}: ${issue!.message}`);
}

function createMedia(kit: Kit, user: string, filename: string): HostedMedia {
  const blob = kit.blobs.create();
  return {
    id: crypto.randomUUID(),
    user,
    filename,
    blob,
    size: null,
    mimeType: "video/mp4",
    uploadUntil: null,
    uploadToken: null,
  };
}

function publicUrlOf(kit: Kit, { id, filename }: HostedMedia): string {
  return `${kit.urls.BLOTATO_MEDIA_URL}/media/${id}/${encodeURIComponent(filename)}`;
}

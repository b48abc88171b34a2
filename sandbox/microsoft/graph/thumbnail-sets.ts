import { createDownloadUrl } from "../download/download-link.ts";
import type { DriveItem } from "../drive/drive-item.ts";
import { GraphFailure, itemNotFound } from "../graph-failure.ts";
import { hasThumbnails } from "../media-type.ts";
import { type GraphCall, targetOf } from "./graph-call.ts";

type Context = Pick<GraphCall, "kit" | "state" | "account">;

/** Longest edge in pixels. */
const EDGES: Record<string, number> = { small: 96, medium: 176, large: 800 };
const SQUARES: Record<string, number> = { smallSquare: 96, mediumSquare: 176, largeSquare: 800 };
const CUSTOM = /^c(\d{1,4})x(\d{1,4})(_crop)?$/;

/** GET …/thumbnails, …/thumbnails/{set}, …/thumbnails/{set}/{size} and …/{size}/content. */
export function answerThumbnails(call: GraphCall): Response {
  const item = targetOf(call);
  const [, setId, size, content] = call.address.tail.split("/");
  const sets = listThumbnails(call, item, call.query.get("$select"));
  if (setId === undefined) return Response.json({ value: sets });
  const set = sets.find((candidate) => candidate.id === setId);
  if (set === undefined) throw itemNotFound();
  if (size === undefined) return Response.json(set);
  const image = renderSize(call, item, size);
  if (image === null) throw new GraphFailure(400, "invalidRequest", "Unknown thumbnail size.");
  if (content === undefined) return Response.json(image);
  return new Response(null, { status: 302, headers: { location: image.url } });
}

/** The thumbnail sets of an item: none until it is processed, none for files without pictures. */
export function listThumbnails(context: Context, item: DriveItem, select: string | null = null) {
  const { kit } = context;
  const { content } = item;
  const isMissing = content === null || content.readyAt > kit.now() || !hasThumbnails(content.mimeType) ||
    !kit.settings.get("microsoft", "thumbnails", true);
  if (isMissing) return [];
  const names = select === null ? Object.keys(EDGES) : select.split(",").map((name) => name.trim());
  const images = names.map((name) => [name, renderSize(context, item, name)] as const)
    .filter(([, image]) => image !== null);
  return [{ id: "0", ...Object.fromEntries(images) }];
}

function renderSize({ kit, state, account }: Context, item: DriveItem, name: string) {
  const size = pixelsOf(name, item);
  if (size === null) return null;
  const grant = { account: account.name, itemId: item.id, thumbnail: size };
  return { url: createDownloadUrl(kit, state, grant, `${name}.png`), ...size };
}

function pixelsOf(name: string, item: DriveItem): { width: number; height: number } | null {
  const square = SQUARES[name];
  if (square !== undefined) return { width: square, height: square };
  const custom = CUSTOM.exec(name);
  if (custom?.[3]) return { width: Number(custom[1]), height: Number(custom[2]) };
  if (custom) return fit(item, Number(custom[1]), Number(custom[2]));
  const edge = EDGES[name];
  return edge === undefined ? null : fit(item, edge, edge);
}

function fit(item: DriveItem, width: number, height: number): { width: number; height: number } {
  const video = item.content?.video;
  const ratio = video && video.width > 0 && video.height > 0 ? video.width / video.height : 16 / 9;
  const scale = Math.min(width / ratio, height);
  return { width: Math.max(1, Math.round(scale * ratio)), height: Math.max(1, Math.round(scale)) };
}

import { streamBlob } from "../../kit/blob-stream.ts";
import { readByteRange } from "../../kit/byte-range.ts";
import { drawThumbnail } from "../../kit/draw-thumbnail.ts";
import type { Origin } from "../../kit/origin.ts";
import type { Kit } from "../../kit/provider.ts";
import type { FileContent } from "../drive/drive-item.ts";
import { renderFailure } from "../error-response.ts";
import { failureForStatus, GraphFailure, itemNotFound } from "../graph-failure.ts";
import type { MicrosoftState } from "../state.ts";
import { type LinkGrant, readDownloadGrant } from "./download-link.ts";

/** The host of pre-authenticated download addresses: files with Range, and thumbnails. */
export function createDownloadOrigin(kit: Kit, state: MicrosoftState): Origin {
  async function handle(request: Request): Promise<Response> {
    try {
      return await answer(request);
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error;
      return renderFailure(kit, error, request);
    }
  }

  async function answer(request: Request): Promise<Response> {
    const grant = readDownloadGrant(new URL(request.url).searchParams.get("tempauth") ?? "", state);
    if (request.method === "OPTIONS") return answerPreflight(grant);
    if (request.method !== "GET" && request.method !== "HEAD") {
      throw new GraphFailure(405, "notAllowed", "The method is not allowed.");
    }
    if (request.headers.has("authorization")) {
      throw new GraphFailure(401, "unauthenticated", "The address takes no Authorization header.");
    }
    if (grant === null) throw new GraphFailure(401, "unauthenticated", "The address is not valid.");
    if (grant.expiresAt <= kit.now()) {
      throw new GraphFailure(401, "unauthenticated", "The address has expired.", { inner: "expiredToken" });
    }
    const item = state.drives.get(grant.account)?.find(grant.itemId);
    if (!item?.content) throw itemNotFound();
    if (grant.thumbnail === null) return sendFile(request, item.name, item.content, item.guid);
    const png = await drawThumbnail(item.id, grant.thumbnail.width, grant.thumbnail.height);
    return new Response(png, {
      headers: { "content-type": "image/png", "cache-control": "private, max-age=3600" },
    });
  }

  function sendFile(request: Request, name: string, content: FileContent, tag: string): Response {
    const { size } = content;
    const isIgnored = kit.settings.get("microsoft", "ignore_range", false);
    const range = readByteRange(isIgnored ? null : request.headers.get("range"), size);
    if (range.kind === "unsatisfiable") {
      const headers = { "content-range": `bytes */${size}` };
      throw new GraphFailure(416, "invalidRange", "The requested range is not satisfiable.", { headers });
    }
    const [start, end] = range.kind === "part" ? [range.start, range.end] : [0, size - 1];
    const headers = new Headers({
      "content-type": content.mimeType,
      "content-length": String(end - start + 1),
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      "cache-control": "private",
      etag: `"{${tag.toUpperCase()}}"`,
    });
    if (!isIgnored) headers.set("accept-ranges", "bytes");
    if (range.kind === "part") headers.set("content-range", `bytes ${start}-${end}/${size}`);
    const body = request.method === "HEAD" || size === 0
      ? null
      : streamBlob(kit.blobs.path(content.blob), start, end);
    return new Response(body, { status: range.kind === "part" ? 206 : 200, headers });
  }

  /** The hosts of work accounts do not answer preflights. */
  function answerPreflight(grant: LinkGrant | null): Response {
    const kind = state.accounts.get(grant?.account ?? "")?.kind;
    if (kind !== "personal") throw new GraphFailure(405, "notAllowed", "The method is not allowed.");
    const headers = { "access-control-allow-methods": "GET, HEAD", "access-control-allow-headers": "range" };
    return new Response(null, { headers });
  }

  return {
    service: "microsoft",
    handle,
    refuse: (status, retryAfterS, request) =>
      renderFailure(kit, failureForStatus(status, retryAfterS), request),
    decorate: (request, response) => {
      const isRefusedPreflight = request.method === "OPTIONS" && !response.ok;
      if (!isRefusedPreflight) response.headers.set("access-control-allow-origin", "*");
      return response;
    },
    revoke: (request) => {
      const grant = readDownloadGrant(new URL(request.url).searchParams.get("tempauth") ?? "", state);
      if (grant !== null) state.linkSecret = crypto.randomUUID();
    },
    describeRoute: (path) => path.replace(/^\/(dl|thumbnail)\/.*$/, "/$1/{id}/{name}"),
  };
}

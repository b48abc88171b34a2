import { createHash } from "node:crypto";
import { BlobWriter } from "../kit/blob-writer.ts";

const TIMEOUT_MS = 120_000;
const USER_AGENT = "blotato-media-fetcher/1.0";

/** The media could not be had; the message is what the user reads. */
export class DownloadFailure extends Error {
  override name = "DownloadFailure";
}

export interface DownloadedMedia {
  size: number;
  sha256: string;
  mimeType: string;
}

/**
 * Fetches a public address into a file: asked with HEAD first, then whole. Throws DownloadFailure for pages, for what
 * needs a login, and for files above `maxBytes`.
 */
export async function downloadMedia(
  url: string,
  path: string,
  maxBytes: number,
  aborted: AbortSignal,
): Promise<DownloadedMedia> {
  const signal = AbortSignal.any([aborted, AbortSignal.timeout(TIMEOUT_MS)]);
  const headers = { "user-agent": USER_AGENT, "accept-encoding": "identity" };
  const ask = async (method: "HEAD" | "GET") => {
    const response = await fetch(url, { method, headers, signal }).catch((error) => {
      if (aborted.aborted) throw error;
      throw new DownloadFailure("Failed to download media: the server did not answer");
    });
    const objection = objectionTo(response, maxBytes);
    if (objection === null) return response;
    await response.body?.cancel();
    throw new DownloadFailure(objection);
  };
  if (!url.startsWith("data:")) await (await ask("HEAD")).body?.cancel();
  const response = await ask("GET");
  const mimeType = response.headers.get("content-type") ?? "application/octet-stream";
  return { ...(await writeBody(response, path, maxBytes)), mimeType };
}

function objectionTo(response: Response, maxBytes: number): string | null {
  if (!response.ok) return `Failed to download media: status ${response.status}`;
  const type = response.headers.get("content-type") ?? "";
  if (/^text\/|^application\/(json|xhtml)/.test(type)) return `Unsupported media type: ${type}`;
  return Number(response.headers.get("content-length") ?? 0) > maxBytes ? tooLarge(maxBytes) : null;
}

async function writeBody(response: Response, path: string, maxBytes: number) {
  const hash = createHash("sha256");
  const writer = await BlobWriter.open(path, 0, (bytes) => void hash.update(bytes));
  const announced = response.headers.get("content-length");
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > maxBytes) throw new DownloadFailure(tooLarge(maxBytes));
      await writer.write(chunk);
    }
  } catch (error) {
    if (error instanceof DownloadFailure) throw error;
    throw new DownloadFailure("Failed to download media: the connection broke");
  } finally {
    await writer.close();
  }
  if (announced !== null && Number(announced) !== size) {
    throw new DownloadFailure("Failed to download media: the connection broke");
  }
  return { size, sha256: hash.digest("hex") };
}

function tooLarge(maxBytes: number): string {
  return `Media file is too large: your plan allows ${Math.round(maxBytes / 1024 / 1024)} MB`;
}

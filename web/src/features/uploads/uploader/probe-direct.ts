/** What a page may do with an upload host: talk to it, be kept out by CORS, or not even reach it. */
export type DirectAccess = "open" | "blocked" | "unreachable";

export type ProbeDirect = (url: string, signal: AbortSignal) => Promise<DirectAccess>;

const PATIENCE_MS = 10_000;

/**
 * Finds out why a fragment got no answer. Asks for the status of the upload, with the content type of a fragment so
 * that the same preflight is made; only when that fails, asks again in a way whose answer nobody may read: if that
 * arrives, the host is there and CORS keeps us out.
 */
export async function probeDirect(url: string, signal: AbortSignal): Promise<DirectAccess> {
  const headers = { "content-type": "application/octet-stream" };
  if (await answers(url, { headers }, signal)) return "open";
  return await answers(url, { mode: "no-cors" }, signal) ? "blocked" : "unreachable";
}

async function answers(url: string, init: RequestInit, signal: AbortSignal): Promise<boolean> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  try {
    const response = await fetch(url, { credentials: "omit", cache: "no-store", ...init, signal: patience });
    await response.body?.cancel();
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

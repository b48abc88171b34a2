import type { Kit } from "../../kit/provider.ts";
import { MetaFailure } from "../meta-failure.ts";
import { readSwitch } from "../read-switch.ts";

/** Who asks, as servers see it. */
export const USER_AGENT = "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)";
const PROBE_TIMEOUT_MS = 10_000;
const MAX_COVER_BYTES = 8 * 1024 * 1024;

/**
 * Asks the server of a video with HEAD, as Instagram does before it takes the address. Throws 9004/2207052 for
 * addresses that redirect, are not there or lead to a page, -2/2207003 for a server that does not answer.
 */
export async function probeSource(kit: Kit, url: string): Promise<void> {
  const response = await ask(kit, url, "HEAD");
  await response.body?.cancel();
  const type = response.headers.get("content-type") ?? "";
  if (response.status !== 200 || /^(text|image)\/|^application\/(json|xhtml)/.test(type)) {
    throw notFetchable();
  }
}

/** Fetches a cover picture into a blob. Throws 9004/2207052 for what is no JPEG of at most 8 MiB. */
export async function takeCover(kit: Kit, url: string): Promise<string> {
  const response = await ask(kit, url, "GET");
  if (response.status !== 200 || Number(response.headers.get("content-length") ?? 0) > MAX_COVER_BYTES) {
    await response.body?.cancel();
    throw notFetchable();
  }
  const bytes = await response.bytes().catch(() => new Uint8Array());
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8 && bytes.length <= MAX_COVER_BYTES;
  if (!isJpeg) throw notFetchable();
  const blob = kit.blobs.create();
  await Deno.writeFile(kit.blobs.path(blob), bytes);
  return blob;
}

async function ask(kit: Kit, url: string, method: "HEAD" | "GET"): Promise<Response> {
  const chosen = readSwitch(kit, "instagram", "pull_timeout_ms") ?? PROBE_TIMEOUT_MS;
  const signal = AbortSignal.timeout(Math.min(chosen, PROBE_TIMEOUT_MS));
  try {
    return await fetch(url, { method, redirect: "manual", signal, headers: { "user-agent": USER_AGENT } });
  } catch {
    throw signal.aborted ? tookTooLong() : notFetchable();
  }
}

function notFetchable(): MetaFailure {
  return new MetaFailure(9004, "Only photo or video can be accepted as media type.", {
    subcode: 2207052,
    userTitle: "Media download has failed. The media URI doesn't meet our requirements.",
    userMessage: "The media could not be fetched from this URI.",
  });
}

function tookTooLong(): MetaFailure {
  return new MetaFailure(-2, "Timeout", {
    subcode: 2207003,
    isTransient: true,
    userTitle: "Timeout",
    userMessage: "Downloading the media took too long.",
  });
}

import { apiErrorSchema } from "../../../../../supabase/functions/_shared/contracts/api-error.ts";
import {
  MAX_FRAGMENT_BYTES,
  MAX_RELAYED_FRAGMENT_BYTES,
} from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";
import type { FragmentAnswer } from "./send-fragment.ts";
import { UploadApiError } from "./upload-api.ts";
import type { Upload, UploadContext } from "./upload.ts";

/** Which way the bytes go: straight to OneDrive, or through our server where CORS keeps the page out. */
export interface FragmentRoute {
  /** Longest fragment this way takes, bytes. */
  maxBytes: number;
  /** Address and extra headers of the next fragment. */
  prepare(): FragmentAddress | Promise<FragmentAddress>;
  /** The answer as OneDrive gave it; a refusal of our own server is thrown as UploadApiError. */
  read(answer: FragmentAnswer): FragmentAnswer;
  /** A connection was lost: from now on this way is in doubt. */
  noteLost(): void;
}

export interface FragmentAddress {
  url: string;
  headers?: Readonly<Record<string, string>>;
}

/** After so many losses without a single answer the relay is tried although the host can be asked for its status. */
const MAX_SILENT_LOSSES = 4;

/**
 * Chooses the way for an upload. Straight is tried first for every upload; when a connection is lost and this tab never
 * had an answer to a fragment from that host, the host is probed. The choice holds for the upload and the host.
 */
export async function chooseFragmentRoute(
  upload: Upload,
  { id, url }: { id: string; url: string },
  context: UploadContext,
  signal: AbortSignal,
): Promise<FragmentRoute> {
  const { origin } = new URL(url);
  if (upload.silentLosses > 0 && !context.readableOrigins.has(origin) && upload.relayedOrigin !== origin) {
    const access = await context.probeDirect(url, signal);
    const isSilent = access === "open" && upload.silentLosses >= MAX_SILENT_LOSSES;
    if (access === "blocked" || isSilent) upload.relayedOrigin = origin;
  }
  return upload.relayedOrigin === origin ? relayed(id, context) : direct(upload, url, origin, context);
}

function direct(upload: Upload, url: string, origin: string, context: UploadContext): FragmentRoute {
  return {
    maxBytes: MAX_FRAGMENT_BYTES,
    prepare: () => ({ url }),
    read(answer) {
      upload.silentLosses = 0;
      context.readableOrigins.add(origin);
      return answer;
    },
    noteLost: () => void upload.silentLosses++,
  };
}

function relayed(id: string, { api }: UploadContext): FragmentRoute {
  return {
    maxBytes: MAX_RELAYED_FRAGMENT_BYTES,
    prepare: () => api.relay(id),
    read: readRelayed,
    noteLost() {},
  };
}

/** Our own refusals look different from OneDrive's, and nobody else answers in this shape. */
function readRelayed(answer: FragmentAnswer): FragmentAnswer {
  const refusal = answer.status >= 400 ? apiErrorSchema.safeParse(parse(answer.body)).data : undefined;
  if (!refusal) return answer;
  throw new UploadApiError(refusal.code, refusal.message, answer.status, answer.retryAfterMs);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

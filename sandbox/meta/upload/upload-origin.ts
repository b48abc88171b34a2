import { discardBody, type Exchange } from "../../kit/exchange.ts";
import type { Origin } from "../../kit/origin.ts";
import type { Kit } from "../../kit/provider.ts";
import { describeRoute } from "../graph/graph-origin.ts";
import { MetaFailure } from "../meta-failure.ts";
import { probeSource } from "../reels/probe-source.ts";
import type { VideoPuller } from "../reels/video-puller.ts";
import { APP_REMOVED, type MetaState } from "../state.ts";
import { checkVersion } from "../versions.ts";
import { findContainerUpload } from "./find-container-upload.ts";
import { findVideoUpload } from "./find-video-upload.ts";
import { createByteReceiver } from "./receive-bytes.ts";
import {
  notAuthorized,
  renderUploadFailure,
  UploadFailure,
  uploadFailureForStatus,
} from "./upload-failure.ts";
import { readUploadHeaders } from "./upload-headers.ts";

/** Whose bytes go to which address. */
const TARGETS = { "ig-api-upload": findContainerUpload, "video-upload": findVideoUpload } as const;

/** https://rupload.facebook.com: the bytes of containers and of videos of Pages. */
export function createUploadOrigin(kit: Kit, state: MetaState, puller: VideoPuller): Origin {
  const receiveBytes = createByteReceiver(kit);

  async function answer(request: Request, exchange: Exchange): Promise<Response> {
    const [, kind = "", version = "", id = "", ...more] = new URL(request.url).pathname.split("/");
    if (!Object.hasOwn(TARGETS, kind) || more.length > 0) {
      throw new UploadFailure("NotFound", "Not found", { status: 404 });
    }
    if (request.method !== "POST") throw new UploadFailure("NotFound", "Use POST", { status: 405 });
    checkVersion(version, [kind, version, id]);
    const token = readToken(request);
    if (token === null) throw notAuthorized("Authentication failed");
    const target = TARGETS[kind as keyof typeof TARGETS](kit, state, puller, token, id);
    const upload = readUploadHeaders(request);
    if (exchange.processingMs !== null) target.processingMs = exchange.processingMs;
    if (upload.kind === "hosted") {
      await probeSource(kit, upload.url);
      target.pull(upload.url);
    } else {
      await receiveBytes(target, upload, exchange);
    }
    return Response.json({ success: true, message: "Upload successful." });
  }

  return {
    service: "meta",
    handle: async (request, exchange) => {
      try {
        return await answer(request, exchange);
      } catch (error) {
        const failure = error instanceof MetaFailure ? toUploadFailure(error) : error;
        if (!(failure instanceof UploadFailure)) throw error;
        await discardBody(exchange.body);
        return renderUploadFailure(failure);
      }
    },
    refuse: (status, retryAfterS) => renderUploadFailure(uploadFailureForStatus(status), retryAfterS),
    revoke: (request, value) => {
      const token = state.tokens.get(readToken(request) ?? "");
      if (token !== undefined) state.revokeGrants("facebook", token.person, value ?? APP_REMOVED);
    },
    describeRoute,
  };
}

/** This host takes `OAuth`, not `Bearer`. */
function readToken(request: Request): string | null {
  return /^oauth (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? null;
}

function toUploadFailure({ code, message, extra }: MetaFailure): UploadFailure {
  if (code === 190) return notAuthorized(message);
  return new UploadFailure("ProcessingFailedError", message, { isRetriable: extra.isTransient ?? false });
}

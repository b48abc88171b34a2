import { discardBody, type Exchange } from "../../kit/exchange.ts";
import type { Origin } from "../../kit/origin.ts";
import type { Kit } from "../../kit/provider.ts";
import { callerOf } from "../graph/authenticate.ts";
import { describeRoute } from "../graph/graph-origin.ts";
import { MetaFailure } from "../meta-failure.ts";
import { type Container, statusAt } from "../reels/container.ts";
import { finishContainer } from "../reels/finish-container.ts";
import { probeSource } from "../reels/probe-source.ts";
import type { VideoPuller } from "../reels/video-puller.ts";
import { APP_REMOVED, type MetaState } from "../state.ts";
import { checkVersion } from "../versions.ts";
import { createByteReceiver } from "./receive-bytes.ts";
import {
  notAuthorized,
  processingFailed,
  renderUploadFailure,
  UploadFailure,
  uploadFailureForStatus,
} from "./upload-failure.ts";
import { readUploadHeaders } from "./upload-headers.ts";

/** https://rupload.facebook.com: the bytes of containers that were made for a resumable upload. */
export function createUploadOrigin(kit: Kit, state: MetaState, puller: VideoPuller): Origin {
  const receiveBytes = createByteReceiver(kit);

  async function answer(request: Request, exchange: Exchange): Promise<Response> {
    const [, kind, version = "", id = "", ...more] = new URL(request.url).pathname.split("/");
    if (kind !== "ig-api-upload" || more.length > 0) {
      throw new UploadFailure("NotFound", "Not found", { status: 404 });
    }
    if (request.method !== "POST") throw new UploadFailure("NotFound", "Use POST", { status: 405 });
    checkVersion(version, [kind, version, id]);
    const container = findContainer(request, id);
    const upload = readUploadHeaders(request);
    if (exchange.processingMs !== null) container.processingMs = exchange.processingMs;
    if (upload.kind === "hosted") {
      await probeSource(kit, upload.url);
      container.source = { kind: "resumable", total: null, url: upload.url };
      puller.start(container, upload.url);
    } else {
      await receiveBytes(container, upload, exchange, () => finishContainer(kit, state, container));
    }
    return Response.json({ success: true, message: "Upload successful." });
  }

  /** The container of an upload address. Throws for tokens of another kind and for containers of others. */
  function findContainer(request: Request, id: string): Container {
    const token = readToken(request);
    if (token === null) throw notAuthorized("Authentication failed");
    const { person, scopes } = callerOf(kit, state, "facebook", token);
    if (!scopes.includes("instagram_content_publish")) throw notAuthorized("Permission denied");
    const container = state.reels.containers.get(id);
    if (container === undefined || container.person !== person.name) {
      throw processingFailed("The upload session does not exist");
    }
    const { source } = container;
    if (source.kind !== "resumable" || source.url !== null) {
      throw processingFailed("The container takes no bytes");
    }
    const isDead = ["EXPIRED", "ERROR", "PUBLISHED"].includes(statusAt(container, kit.now()));
    if (isDead) throw processingFailed("The upload session has ended");
    return container;
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

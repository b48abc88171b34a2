import type { Kit } from "../../kit/provider.ts";
import { callerOf } from "../graph/authenticate.ts";
import { type Container, statusAt } from "../reels/container.ts";
import { finishContainer } from "../reels/finish-container.ts";
import { MAX_BYTES } from "../reels/inspect-video.ts";
import type { VideoPuller } from "../reels/video-puller.ts";
import type { MetaState } from "../state.ts";
import { notAuthorized, processingFailed } from "./upload-failure.ts";
import type { UploadTarget } from "./upload-target.ts";

/** The container of an upload address. Throws for tokens of another kind and for containers of others. */
export function findContainerUpload(
  kit: Kit,
  state: MetaState,
  puller: VideoPuller,
  token: string,
  id: string,
): UploadTarget {
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
  return toTarget(kit, state, puller, container, source);
}

function toTarget(
  kit: Kit,
  state: MetaState,
  puller: VideoPuller,
  container: Container,
  source: Extract<Container["source"], { kind: "resumable" }>,
): UploadTarget {
  return {
    id: container.id,
    blob: container.blob,
    maxBytes: MAX_BYTES,
    get isOpen() {
      return container.readyAt === null;
    },
    get received() {
      return container.received;
    },
    set received(bytes) {
      container.received = bytes;
    },
    get total() {
      return source.total;
    },
    set total(bytes) {
      source.total = bytes;
    },
    get processingMs() {
      return container.processingMs;
    },
    set processingMs(ms) {
      container.processingMs = ms;
    },
    finish: () => finishContainer(kit, state, container),
    pull(url) {
      container.source = { kind: "resumable", total: null, url };
      puller.startContainer(container, url);
    },
  };
}

import { hashBlob } from "../../kit/hash-blob.ts";
import type { Kit } from "../../kit/provider.ts";
import { readSwitch } from "../read-switch.ts";
import type { MetaState } from "../state.ts";
import type { Container } from "./container.ts";
import { inspectVideo } from "./inspect-video.ts";

/** Hashes and inspects a container whose bytes are all there; it is ready, or dead, when processing ends. */
export async function finishContainer(kit: Kit, state: MetaState, container: Container): Promise<void> {
  const sha256 = await hashBlob(kit.blobs.path(container.blob), container.received);
  const objection = await inspectVideo(kit, container);
  if (state.reels.containers.get(container.id) !== container) return;
  const readyAt = kit.now() + (container.processingMs ?? usualProcessingMs(kit, container));
  if (objection !== null) container.failure = { ...objection, at: readyAt };
  container.sha256 = sha256;
  container.readyAt = readyAt;
  kit.touch();
}

/** Ends a container at once. */
export function failContainer(kit: Kit, container: Container, subcode: number, message: string): void {
  container.failure = { subcode, message, at: kit.now() };
  kit.touch();
}

/** One to three seconds unless the setting says otherwise; never at once. */
function usualProcessingMs(kit: Kit, container: Container): number {
  const chosen = readSwitch(kit, container.host, "processing_ms");
  return Math.max(1, chosen ?? 1000 + Math.floor(kit.random() * 2001));
}

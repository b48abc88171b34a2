import type { Kit, OpenUpload } from "../kit/provider.ts";
import { statusAt } from "./reels/container.ts";
import type { MetaState } from "./state.ts";

/** Every container that still takes bytes or pulls them. */
export function listUploads(kit: Kit, state: MetaState): OpenUpload[] {
  const open = [...state.reels.containers.values()].filter((container) =>
    container.sha256 === null && statusAt(container, kit.now()) === "IN_PROGRESS"
  );
  return open.map((container) => ({
    account: container.person,
    name: container.caption,
    size: container.source.kind === "resumable" ? container.source.total : null,
    received: container.received,
    expires_at: new Date(container.expiresAt).toISOString(),
  }));
}

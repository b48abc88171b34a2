import { parseFields, selectFields } from "../graph/fields.ts";
import type { NodeOf } from "../graph/find-node.ts";
import { type GraphCall, READ_INSTAGRAM, requireScope } from "../graph/graph-call.ts";
import { type Container, type ContainerStatus, statusAt } from "./container.ts";

/** GET /{container}: how far it is. `video_status` exists only for bytes that were uploaded. */
export function describeContainer(call: GraphCall, { container }: NodeOf<"IGContainer">): unknown {
  call.params.allow();
  requireScope(call, READ_INSTAGRAM);
  const status = statusAt(container, call.kit.now());
  const available = {
    id: () => container.id,
    status_code: () => status,
    status: () => describeStatus(container, status),
    video_status: () => describeVideo(container, status),
    copyright_check_status: () => ({
      status: status === "IN_PROGRESS" ? "in_progress" : "completed",
      matches_found: false,
    }),
  };
  return selectFields("ShadowIGMediaBuilder", available, parseFields(call.params.get("fields")));
}

function describeStatus({ failure }: Container, status: ContainerStatus): string {
  switch (status) {
    case "IN_PROGRESS":
      return "In Progress: Media is still being processed.";
    case "FINISHED":
      return "Finished: Media has been uploaded and it is ready to be published.";
    case "PUBLISHED":
      return "Published: Media has been successfully published.";
    case "EXPIRED":
      return "Expired: The container was not published within 24 hours and has expired.";
    case "ERROR":
      return `Error: Media upload has failed with error code ${failure?.subcode}. ${failure?.message}`;
  }
}

function describeVideo(container: Container, status: ContainerStatus): unknown {
  if (container.source.kind !== "resumable") return undefined;
  const isComplete = container.readyAt !== null;
  const uploading = isComplete ? "complete" : container.received > 0 ? "in_progress" : "not_started";
  const processing = status === "ERROR"
    ? "error"
    : status === "IN_PROGRESS"
    ? isComplete ? "in_progress" : "not_started"
    : "complete";
  return {
    uploading_phase: { status: uploading, bytes_transferred: container.received },
    processing_phase: { status: processing },
  };
}

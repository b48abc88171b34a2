import type { Kit, Provider } from "../kit/provider.ts";
import { JobStore } from "./job-store.ts";
import { createTranscoderOrigin } from "./transcoder-origin.ts";

/** The pretend transcoder, which really converts: with the ffmpeg on PATH. */
export function createTranscoder(kit: Kit): Provider {
  const store = new JobStore(kit);
  return {
    service: "transcoder",
    origins: { TRANSCODER_URL: createTranscoderOrigin(kit, store) },
    snapshot: () => store.snapshot(),
    restore: (saved) => store.restore(saved as Parameters<JobStore["restore"]>[0]),
    reset: () => store.clear(),
    blobIds: () => store.blobIds(),
  };
}

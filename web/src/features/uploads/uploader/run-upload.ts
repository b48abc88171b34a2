import type { UploadSession } from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";
import { finishUpload } from "./finish-upload.ts";
import { locateSession } from "./locate-session.ts";
import { isHashCheckpoint } from "./quick-xor-hash.ts";
import { recover } from "./recover.ts";
import { sendBytes } from "./send-bytes.ts";
import type { Upload, UploadContext } from "./upload.ts";
import { toProblem } from "./upload-problem.ts";

/** The right to send bytes; giving it back twice does no harm. */
interface Turn {
  take(): Promise<void>;
  giveBack(): void;
}

/**
 * Takes an upload as far as it can go: to `complete`, or to a state in which only a person can help. Network faults
 * and a struggling OneDrive never end it. Resolves when nothing more happens by itself or when `signal` aborts.
 */
export async function runUpload(upload: Upload, context: UploadContext, signal: AbortSignal): Promise<void> {
  const turn = createTurn(context, signal);
  try {
    let isOver = false;
    while (!isOver) isOver = await attempt(upload, context, turn, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    turn.giveBack();
  }
}

/** True when the upload is over or waits for a person; false when it should be tried again. */
async function attempt(
  upload: Upload,
  context: UploadContext,
  turn: Turn,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await turn.take();
    const session = await locateSession(upload, context, signal);
    const isWhole = session.hash?.offset === session.size;
    if (!upload.file && !isWhole) {
      context.update(upload, { status: "needs_file" });
      return true;
    }
    startHasher(upload, session, context);
    if (session.status === "active" && session.next_offset < session.size) {
      upload.poster ??= context.makePoster(upload);
      await sendBytes(upload, session, upload.hasher!, context, signal);
    }
    turn.giveBack();
    await finishUpload(upload, session, context, signal);
    upload.hasher?.dispose();
    return true;
  } catch (error) {
    signal.throwIfAborted();
    const found = toProblem(error);
    if (found.remark.code === "unexpected") console.error(error);
    if (found.kind === "in_use") turn.giveBack();
    return !await recover(upload, found, context, signal);
  }
}

/** Goes on from the stored state; without one, or with one that runs ahead of OneDrive, hashes from the start. */
function startHasher(upload: Upload, session: UploadSession, context: UploadContext): void {
  if (upload.hasher || !upload.file) return;
  const { hash } = session;
  const isUsable = hash !== null && hash.offset <= session.next_offset && isHashCheckpoint(hash);
  upload.hasher = context.createHasher(upload.file, isUsable ? hash : null);
}

function createTurn({ slots }: UploadContext, signal: AbortSignal): Turn {
  let release: (() => void) | null = null;
  return {
    async take() {
      release ??= await slots.take(signal);
    },
    giveBack() {
      release?.();
      release = null;
    },
  };
}

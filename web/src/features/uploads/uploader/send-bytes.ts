import type { UploadSession } from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";
import type { FileHasher } from "./file-hasher.ts";
import { readFragmentAnswer } from "./fragment-answer.ts";
import { chooseFragmentRoute } from "./fragment-route.ts";
import { adaptFragment, fragmentEnd, shrinkFragment } from "./fragment-size.ts";
import { readNextOffset } from "./next-offset.ts";
import { createProgressReporter } from "./progress-reporter.ts";
import { ConnectionLost, type FragmentAnswer } from "./send-fragment.ts";
import { createSpeedMeter, secondsLeft } from "./speed-meter.ts";
import { noteStored, type Upload, type UploadContext } from "./upload.ts";
import { problem, toProblem } from "./upload-problem.ts";

const REFRESH_SPEED_MS = 1000;
/** Reading the file twice slows a line down that is faster than this: there the bytes go first. */
const FAST_BYTES_PER_SECOND = 64_000_000;
/** So much is hashed in about a second, the time that OneDrive takes to process a file anyway. */
const HASH_LAG_BYTES = 1024 * 1024 * 1024;

/**
 * Sends the rest of the file, one fragment after the other, always from where OneDrive says. Returns when the last
 * byte is stored; throws UploadProblem on anything else, and the caller decides how to go on.
 */
export async function sendBytes(
  upload: Upload,
  session: UploadSession,
  hasher: FileHasher,
  context: UploadContext,
  signal: AbortSignal,
): Promise<void> {
  const file = upload.file!;
  const url = session.upload_url;
  if (url === null) throw problem("refused", "onedrive_refused");
  const route = await chooseFragmentRoute(upload, { id: session.upload_session_id, url }, context, signal);
  const meter = createSpeedMeter();
  const cut = new AbortController();
  const anyEnd = AbortSignal.any([signal, cut.signal]);
  let offset = session.next_offset;
  let sent = offset;
  let hashable = offset;

  const reporter = createProgressReporter({
    api: context.api,
    sessionId: session.upload_session_id,
    read: () => ({ offset, hash: hasher.checkpointAt(offset) }),
    everyMs: context.timings.reportMs,
    heartbeatMs: context.timings.heartbeatMs,
    onRefused: (error) => {
      const found = toProblem(error);
      if (found.kind === "in_use" || found.kind === "refused") cut.abort(found);
    },
  });

  function show(): void {
    meter.note(sent, context.now());
    const speedBps = meter.speed(context.now());
    const left = secondsLeft(file.size - sent, speedBps);
    context.update(upload, { sentBytes: sent, speedBps, secondsLeft: left }, { soon: true });
  }

  const send = async (end: number): Promise<FragmentAnswer> => {
    try {
      const answer = await context.sendFragment({
        ...await route.prepare(),
        body: offset === 0 && end === file.size ? file : file.slice(offset, end),
        start: offset,
        end,
        total: file.size,
        signal: anyEnd,
        stallMs: context.timings.stallMs,
        onProgress: (bytes) => {
          sent = offset + bytes;
          show();
        },
      });
      return route.read(answer);
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
      route.noteLost();
      context.line.fragmentSize = upload.fragmentSize = shrinkFragment(upload.fragmentSize);
      // A file that changed on disk looks like a broken network too; reading one byte tells them apart.
      await file.slice(offset, offset + 1).arrayBuffer();
      throw problem("interrupted", "connection_lost");
    }
  };

  const ticker = setInterval(show, REFRESH_SPEED_MS);
  upload.report = reporter.flush;
  try {
    context.update(upload, { status: "uploading" });
    show();
    while (offset < file.size) {
      if (hasher.failure) throw hasher.failure;
      const heldMs = context.throttle.leftMs();
      if (heldMs > 0) throw problem("held", "throttled", heldMs);
      const end = fragmentEnd(offset, file.size, upload.fragmentSize, route.maxBytes);
      const isFast = (meter.speed(context.now()) ?? 0) > FAST_BYTES_PER_SECOND;
      if (!isFast || end - hashable > HASH_LAG_BYTES) hasher.allow(hashable = end + upload.fragmentSize);
      const startedAt = context.now();
      const verdict = readFragmentAnswer(await send(end));
      if (verdict.kind === "failed" || verdict.kind === "too_large") {
        upload.fragmentSize = shrinkFragment(upload.fragmentSize);
      }
      const next = readNextOffset(verdict, { offset, end, size: file.size });
      if (next === end) {
        const bytes = end - offset;
        upload.fragmentSize = adaptFragment(upload.fragmentSize, { bytes, ms: context.now() - startedAt });
      }
      // The rest at the end of a file says little about the line.
      if (next < file.size) context.line.fragmentSize = upload.fragmentSize;
      if (verdict.kind === "done") upload.itemId = verdict.itemId;
      offset = sent = next;
      noteStored(upload, offset);
      reporter.note(verdict.kind === "stored" ? verdict.expiresAt : undefined);
      show();
    }
  } finally {
    clearInterval(ticker);
    upload.report = null;
    reporter.stop();
  }
}

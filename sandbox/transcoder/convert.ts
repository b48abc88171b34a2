import type { Kit } from "../kit/provider.ts";
import { ffmpegOptions } from "./ffmpeg-options.ts";
import type { Job } from "./job.ts";

const FETCH_TIMEOUT_MS = 60_000;
const SHOWN_ERROR = 300;

/** Fetches a job's source and converts it with ffmpeg; the outcome shows in the job. Never rejects. */
export async function convert(kit: Kit, job: Job, aborted: AbortSignal): Promise<void> {
  try {
    await fetchSource(kit, job, aborted);
    const output = kit.blobs.path(job.result);
    const { success, stderr } = await new Deno.Command("ffmpeg", {
      args: ffmpegOptions(kit.blobs.path(job.source), output, job.target),
      stdin: "null",
      stdout: "null",
      stderr: "piped",
      signal: aborted,
    }).output();
    if (!success) {
      return fail(job, "source_unreadable", new TextDecoder().decode(stderr).slice(0, SHOWN_ERROR));
    }
    await pause(job.readyAt - kit.now(), aborted);
    job.size = (await Deno.stat(output)).size;
    job.status = "done";
  } catch (error) {
    if (aborted.aborted) return;
    const code = error instanceof SourceLost ? "source_unreachable" : "internal_error";
    fail(job, code, error instanceof Error ? error.message : String(error));
  } finally {
    await kit.blobs.remove(job.source);
  }
}

class SourceLost extends Error {}

async function fetchSource(kit: Kit, job: Job, aborted: AbortSignal): Promise<void> {
  const signal = AbortSignal.any([aborted, AbortSignal.timeout(FETCH_TIMEOUT_MS)]);
  try {
    const response = await fetch(job.sourceUrl, { redirect: "manual", signal });
    if (response.status !== 200 || !response.body) {
      await response.body?.cancel();
      throw new Error(`The server of the source answered ${response.status}.`);
    }
    const file = await Deno.open(kit.blobs.path(job.source), { write: true, create: true, truncate: true });
    await response.body.pipeTo(file.writable);
  } catch (error) {
    throw new SourceLost(error instanceof Error ? error.message : String(error));
  }
}

function fail(job: Job, code: string, message: string): void {
  job.error = { code, message };
  job.status = "failed";
}

function pause(milliseconds: number, aborted: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(0, milliseconds));
    aborted.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

import { Hono } from "hono";
import type { Exchange } from "../kit/exchange.ts";
import type { Origin } from "../kit/origin.ts";
import type { Kit } from "../kit/provider.ts";
import { sendVideo } from "../kit/send-video.ts";
import { hasFfmpeg } from "./has-ffmpeg.ts";
import { type Job, jobRequestSchema } from "./job.ts";
import type { JobStore } from "./job-store.ts";
import { failureForStatus, renderFailure, TranscoderFailure } from "./transcoder-failure.ts";

const JOB_PATH = /^\/(?:jobs|results)\/([^/]+)/;
const MAX_KEY = 255;

/** A transcoder service: jobs, and their results by Range. */
export function createTranscoderOrigin(kit: Kit, store: JobStore): Origin {
  const app = new Hono<{ Bindings: Exchange }>();

  app.use(async (c, next) => {
    if (c.req.header("authorization") !== `Bearer ${kit.app.clientSecret}`) {
      throw new TranscoderFailure(401, "key_refused", "This key is not one of ours.");
    }
    await next();
  });

  app.post("/jobs", async (c) => {
    if (!await hasFfmpeg()) {
      throw new TranscoderFailure(503, "ffmpeg_missing", "ffmpeg is not on PATH. Install it and try again.");
    }
    const key = c.req.header("idempotency-key") ?? "";
    if (key === "" || key.length > MAX_KEY) {
      throw new TranscoderFailure(
        400,
        "invalid_request",
        "An Idempotency-Key of up to 255 characters is needed.",
      );
    }
    const parsed = jobRequestSchema.safeParse(await readJson(c.req.raw));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new TranscoderFailure(400, "invalid_request", `${issue?.path.join(".")}: ${issue?.message}`);
    }
    const { source_url, target } = parsed.data;
    const processingMs = c.env.processingMs ?? kit.settings.get("transcoder", "processing_ms", 0);
    return c.json(show(store.begin(key, source_url, target, processingMs)), 201);
  });

  app.get("/jobs/:id", (c) => c.json(show(require(c.req.param("id")))));

  app.get("/results/:id/video.mp4", (c) => {
    const job = require(c.req.param("id"));
    if (job.status !== "done" || job.size === null) {
      throw new TranscoderFailure(404, "job_not_found", "This job has no result.");
    }
    const video = { blob: job.result, size: job.size, mimeType: "video/mp4" };
    return sendVideo(kit, video, c.req.header("range") ?? null);
  });

  app.notFound(() => renderFailure(new TranscoderFailure(404, "not_found", "There is nothing here.")));
  app.onError((error) => {
    if (error instanceof TranscoderFailure) return renderFailure(error);
    throw error;
  });

  function require(id: string): Job {
    const job = store.find(id);
    if (job === null) throw new TranscoderFailure(404, "job_not_found", "This job is not known here.");
    return job;
  }

  function show(job: Job) {
    const url = `${kit.urls.TRANSCODER_URL}/results/${job.id}/video.mp4`;
    const result = job.status === "done" ? { url, size_bytes: job.size } : null;
    return { id: job.id, status: job.status, result, error: job.error };
  }

  return {
    service: "transcoder",
    handle: (request, exchange) => app.fetch(request, exchange),
    refuse: (status, retryAfterS) => renderFailure(failureForStatus(status), retryAfterS),
    revoke: (request) => store.forget(JOB_PATH.exec(new URL(request.url).pathname)?.[1] ?? ""),
    describeRoute: (path) => path.replace(JOB_PATH, (all, id: string) => all.replace(id, "{id}")),
  };
}

async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    throw new TranscoderFailure(400, "invalid_request", "The body is not valid JSON.");
  }
}

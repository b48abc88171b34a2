import { createRoute, z } from "@hono/zod-openapi";
import {
  canceledUploadSchema,
  cancelUploadQuerySchema,
  completeUploadRequestSchema,
  uploadListSchema,
  uploadProgressRequestSchema,
  uploadSessionSchema,
  uploadUrlRequestSchema,
  uploadVerifyingSchema,
} from "../../_shared/contracts/onedrive.ts";
import { videoSchema } from "../../_shared/contracts/videos.ts";
import type { App } from "../../_shared/http/create-app.ts";
import {
  answers,
  answersOrWaits,
  emptyAnswer,
  idParamsSchema,
  jsonBody,
} from "../../_shared/http/route-parts.ts";
import { cancelUpload } from "../services/cancel-upload.ts";
import { completeUpload } from "../services/complete-upload.ts";
import { createUpload } from "../services/create-upload.ts";
import type { OnedriveDeps } from "../services/deps.ts";
import { reportProgress } from "../services/report-progress.ts";
import { restartUpload } from "../services/restart-upload.ts";
import { listUploads, resumeUpload } from "../services/resume-upload.ts";

const UPLOADER = "x-uploader-id";
const uploaderHeadersSchema = z.object({ [UPLOADER]: z.uuid().optional() });
const resumeQuerySchema = z.object({ take_over: z.enum(["true", "false"]).optional() });

/** Signed-in users: uploads from the browser straight into their OneDrive. */
export function addUploadRoutes(app: App, deps: OnedriveDeps): void {
  app.openapi(
    createRoute({
      method: "post",
      path: "/upload-url",
      summary: "Opens an upload and gives the address for its bytes",
      request: { headers: uploaderHeadersSchema, body: jsonBody(uploadUrlRequestSchema) },
      responses: answers(uploadSessionSchema),
    }),
    async (c) => {
      const uploaderId = c.req.valid("header")[UPLOADER] ?? null;
      return c.json(await createUpload(deps, c.var.caller, c.req.valid("json"), uploaderId), 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/uploads",
      summary: "Unfinished uploads, newest first",
      responses: answers(uploadListSchema),
    }),
    async (c) => c.json({ uploads: await listUploads(deps, c.var.caller) }, 200),
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/uploads/{id}",
      summary: "Where to go on, as OneDrive sees it",
      request: { params: idParamsSchema, headers: uploaderHeadersSchema, query: resumeQuerySchema },
      responses: answers(uploadSessionSchema),
    }),
    async (c) => {
      const takeOver = c.req.valid("query").take_over === "true";
      const uploader = { id: c.req.valid("header")[UPLOADER] ?? null, takeOver };
      return c.json(await resumeUpload(deps, c.var.caller, c.req.valid("param").id, uploader), 200);
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/uploads/{id}/progress",
      summary: "Keeps offset and hash state, extends the uploader's lease",
      request: {
        params: idParamsSchema,
        headers: uploaderHeadersSchema,
        body: jsonBody(uploadProgressRequestSchema),
      },
      responses: emptyAnswer,
    }),
    async (c) => {
      const uploaderId = c.req.valid("header")[UPLOADER] ?? null;
      await reportProgress(deps, c.var.caller, c.req.valid("param").id, c.req.valid("json"), uploaderId);
      return c.body(null, 204);
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/uploads/{id}/restart",
      summary: "Opens a new session for the same file, from byte zero",
      request: { params: idParamsSchema, headers: uploaderHeadersSchema },
      responses: answers(uploadSessionSchema),
    }),
    async (c) => {
      const uploaderId = c.req.valid("header")[UPLOADER] ?? null;
      return c.json(await restartUpload(deps, c.var.caller, c.req.valid("param").id, uploaderId), 200);
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/uploads/{id}/complete",
      summary: "Checks the file in OneDrive and makes its video",
      request: { params: idParamsSchema, body: jsonBody(completeUploadRequestSchema) },
      responses: answersOrWaits(videoSchema, uploadVerifyingSchema),
    }),
    async (c) => {
      const done = await completeUpload(deps, c.var.caller, c.req.valid("param").id, c.req.valid("json"));
      return "video" in done ? c.json(done.video, 200) : c.json(done.verifying, 202);
    },
  );

  app.openapi(
    createRoute({
      method: "delete",
      path: "/uploads/{id}",
      summary: "Gives an upload up; says which file stays, if one may not be this upload's",
      request: { params: idParamsSchema, query: cancelUploadQuerySchema },
      responses: { ...answers(canceledUploadSchema, "Canceled, but a file stays."), ...emptyAnswer },
    }),
    async (c) => {
      const { item_id: itemId } = c.req.valid("query");
      const canceled = await cancelUpload(deps, c.var.caller, c.req.valid("param").id, itemId);
      return canceled ? c.json(canceled, 200) : c.body(null, 204);
    },
  );
}

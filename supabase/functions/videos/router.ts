import { createRoute, z } from "@hono/zod-openapi";
import {
  associateVideoRequestSchema,
  playbackSchema,
  queueVideoResponseSchema,
  thumbnailListSchema,
  updateVideoRequestSchema,
  videoListSchema,
  videoSchema,
} from "../_shared/contracts/videos.ts";
import { type App, type AppOptions, createApp } from "../_shared/http/create-app.ts";
import { requireUser } from "../_shared/http/require-user.ts";
import { answers, emptyAnswer, idParamsSchema, jsonBody } from "../_shared/http/route-parts.ts";
import type { VerifyToken } from "../_shared/http/verify-token.ts";
import {
  associateVideo,
  getPlayback,
  getVideo,
  listThumbnails,
  listVideos,
  queueVideo,
  removeVideo,
  setPoster,
  updateVideo,
  type VideosDeps,
} from "./service.ts";

const listQuerySchema = z.object({
  product_id: z.uuid().optional(),
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
});
const MAX_THUMBNAILS = 60;
const thumbnailQuerySchema = z.object({
  ids: z.string().transform((text) => text.split(",")).pipe(z.array(z.uuid()).min(1).max(MAX_THUMBNAILS)),
});
const removeQuerySchema = z.object({ keep_file: z.enum(["true", "false"]).optional() });

export interface VideosRouterDeps extends VideosDeps, Pick<AppOptions, "sink"> {
  verifyToken: VerifyToken;
}

/** Auth: every route takes a signed-in user. */
export function createVideosRouter(deps: VideosRouterDeps): App {
  const app = createApp({ name: "videos", clock: deps.clock, sink: deps.sink });
  app.use(requireUser(deps));

  app.openapi(
    createRoute({
      method: "get",
      path: "/",
      summary: "Videos of the caller, newest first",
      request: { query: listQuerySchema },
      responses: answers(videoListSchema),
    }),
    async (c) => c.json(await listVideos(deps, c.var.caller, c.req.valid("query")), 200),
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/thumbnails",
      summary: "OneDrive's pictures of up to 60 videos, ids separated by commas",
      request: { query: thumbnailQuerySchema },
      responses: answers(thumbnailListSchema),
    }),
    async (c) => c.json(await listThumbnails(deps, c.var.caller, c.req.valid("query").ids), 200),
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/{id}",
      summary: "One video",
      request: { params: idParamsSchema },
      responses: answers(videoSchema),
    }),
    async (c) => c.json(await getVideo(deps, c.var.caller, c.req.valid("param").id), 200),
  );

  app.openapi(
    createRoute({
      method: "patch",
      path: "/{id}",
      summary: "Renames a video or makes it the primary one",
      request: { params: idParamsSchema, body: jsonBody(updateVideoRequestSchema) },
      responses: answers(videoSchema),
    }),
    async (c) =>
      c.json(await updateVideo(deps, c.var.caller, c.req.valid("param").id, c.req.valid("json")), 200),
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/{id}/associate",
      summary: "Links a video to a product, or unlinks it",
      request: { params: idParamsSchema, body: jsonBody(associateVideoRequestSchema) },
      responses: answers(videoSchema),
    }),
    async (c) => {
      const { product_id: productId } = c.req.valid("json");
      return c.json(await associateVideo(deps, c.var.caller, c.req.valid("param").id, productId), 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/{id}/playback",
      summary: "A short-lived address of the bytes",
      request: { params: idParamsSchema },
      responses: answers(playbackSchema),
    }),
    async (c) => c.json(await getPlayback(deps, c.var.caller, c.req.valid("param").id), 200),
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/{id}/poster",
      summary: "Records the poster object {user_id}/{video_id}.jpg",
      request: { params: idParamsSchema },
      responses: answers(videoSchema),
    }),
    async (c) => c.json(await setPoster(deps, c.var.caller, c.req.valid("param").id), 200),
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/{id}/queue",
      summary: "Queue for Amazon: creates or reopens the video's tasks",
      request: { params: idParamsSchema },
      responses: answers(queueVideoResponseSchema),
    }),
    async (c) => c.json(await queueVideo(deps, c.var.caller, c.req.valid("param").id), 200),
  );

  app.openapi(
    createRoute({
      method: "delete",
      path: "/{id}",
      summary: "Removes a video; keep_file decides about its file, else only files uploaded by us go along",
      request: { params: idParamsSchema, query: removeQuerySchema },
      responses: emptyAnswer,
    }),
    async (c) => {
      const { keep_file: wish } = c.req.valid("query");
      const keepFile = wish === undefined ? undefined : wish === "true";
      await removeVideo(deps, c.var.caller, c.req.valid("param").id, keepFile);
      return c.body(null, 204);
    },
  );

  return app;
}

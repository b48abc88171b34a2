import { createRoute, z } from "@hono/zod-openapi";
import {
  cancelPostRequestSchema,
  createdPostSchema,
  createPostRequestSchema,
  decideTargetRequestSchema,
  editPostRequestSchema,
  postSchema,
  retryPostRequestSchema,
} from "../../_shared/contracts/publish.ts";
import type { App } from "../../_shared/http/create-app.ts";
import { answers, idParamsSchema, jsonBody } from "../../_shared/http/route-parts.ts";
import { cancelPost, decideTarget, retryPost } from "../services/change-post.ts";
import { createPost } from "../services/create-post.ts";
import type { PublishDeps } from "../services/deps.ts";
import { editPost } from "../services/edit-post.ts";
import { readPost } from "../services/read-post.ts";

const keyHeaderSchema = z.object({ "idempotency-key": z.string().min(1).max(255).optional() });
const { 200: createdAnswer, default: failure } = answers(createdPostSchema, "Created, or created before.");

/** Signed-in users: posts from draft to outcome. */
export function addPostRoutes(app: App, deps: PublishDeps): void {
  app.openapi(
    createRoute({
      method: "post",
      path: "/posts",
      summary: "Posts a video to one or more accounts, now or at a time; once per Idempotency-Key",
      request: { headers: keyHeaderSchema, body: jsonBody(createPostRequestSchema) },
      responses: { 201: createdAnswer, default: failure },
    }),
    async (c) => {
      const key = c.req.valid("header")["idempotency-key"];
      return c.json(await createPost(deps, c.var.caller, c.req.valid("json"), key), 201);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/posts/{id}",
      summary: "How far a post is on each account",
      request: { params: idParamsSchema },
      responses: answers(postSchema),
    }),
    async (c) => c.json(await readPost(deps, c.var.caller, c.req.valid("param").id), 200),
  );

  app.openapi(
    createRoute({
      method: "patch",
      path: "/posts/{id}",
      summary: "Changes texts, options and times until a target goes out; draft false starts a draft",
      request: { params: idParamsSchema, body: jsonBody(editPostRequestSchema) },
      responses: answers(postSchema),
    }),
    async (c) =>
      c.json(await editPost(deps, c.var.caller, c.req.valid("param").id, c.req.valid("json")), 200),
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/posts/{id}/cancel",
      summary: "Cancels what has not gone out of a post, or one target of it",
      request: { params: idParamsSchema, body: { ...jsonBody(cancelPostRequestSchema), required: false } },
      responses: answers(postSchema),
    }),
    async (c) => {
      const { target_id: targetId } = c.req.valid("json");
      return c.json(await cancelPost(deps, c.var.caller, c.req.valid("param").id, targetId), 200);
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/posts/{id}/retry",
      summary: "Tries again what failed or waits: all, one target, or what has one cause",
      request: { params: idParamsSchema, body: { ...jsonBody(retryPostRequestSchema), required: false } },
      responses: answers(postSchema),
    }),
    async (c) =>
      c.json(await retryPost(deps, c.var.caller, c.req.valid("param").id, c.req.valid("json")), 200),
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/posts/{id}/targets/{target}/decide",
      summary: "Says whether a post whose outcome nobody could prove is there",
      request: {
        params: idParamsSchema.extend({ target: z.uuid() }),
        body: jsonBody(decideTargetRequestSchema),
      },
      responses: answers(postSchema),
    }),
    async (c) => {
      const { id, target } = c.req.valid("param");
      return c.json(await decideTarget(deps, c.var.caller, id, target, c.req.valid("json")), 200);
    },
  );
}

import { OpenAPIHono } from "@hono/zod-openapi";
import { cors } from "hono/cors";
import { methodNotAllowed } from "hono/method-not-allowed";
import { requestId } from "hono/request-id";
import { AppError } from "../core/app-error.ts";
import { type Clock, systemClock } from "../core/clock.ts";
import { consoleSink, type LogSink } from "../core/log.ts";
import type { AppEnv } from "./caller.ts";
import { describeIssue } from "./describe-issue.ts";
import { logInvocation } from "./log-invocation.ts";
import { readWholeBody } from "./read-whole-body.ts";
import { toAppError, writeError } from "./write-error.ts";

const MAX_BODY_BYTES = 64 * 1024;
const ALLOWED_HEADERS = [
  "authorization",
  "x-client-info",
  "apikey",
  "content-type",
  "content-range",
  "x-retry-count",
  "x-uploader-id",
  "x-request-id",
  "if-none-match",
  "idempotency-key",
  "traceparent",
  "tracestate",
  "baggage",
];

export interface AppOptions {
  /** Name of the function; its base path and the domain in the log. */
  name: string;
  clock?: Clock;
  sink?: LogSink;
  /**
   * Largest body of a request to this path (with the function's name), bytes, where the route reads it itself once it
   * knows the caller. Everywhere else a body is read at once and has at most 64 KiB.
   */
  maxBodyBytes?: (path: string) => number | undefined;
}

export type App = ReturnType<typeof createApp>;

/** A router with everything all functions share: ids, log, CORS, limits, validation errors, OpenAPI. */
export function createApp(options: AppOptions) {
  const { name, clock = systemClock, sink = consoleSink, maxBodyBytes } = options;
  const app = new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      const details = result.error.issues.map(describeIssue);
      // A cursor is opaque: what is wrong with it is of no use to anybody.
      const isCursor = result.target === "query" && details.every(({ path }) => path === "cursor");
      throw new AppError(isCursor ? "invalid_cursor" : "invalid_request", isCursor ? {} : { details });
    },
  }).basePath(`/${name}`);

  app.use(requestId());
  app.use(logInvocation({ domain: name, clock, sink }));
  app.use(cors({
    origin: "*",
    allowHeaders: ALLOWED_HEADERS,
    exposeHeaders: ["etag", "retry-after", "x-request-id"],
    maxAge: 86_400,
  }));
  const readWhole = readWholeBody({ maxBytes: MAX_BODY_BYTES });
  app.use(async (c, next) => {
    const maxBytes = maxBodyBytes?.(c.req.path);
    if (maxBytes === undefined) return await readWhole(c, next);
    if (Number(c.req.header("content-length") ?? 0) > maxBytes) throw new AppError("body_too_large");
    await next();
  });
  app.use(methodNotAllowed({
    app,
    onMethodNotAllowed: (c, methods) => {
      c.header("allow", methods.join(", "));
      return writeError(c, new AppError("method_not_allowed"));
    },
  }));
  app.onError((error, c) => writeError(c, toAppError(error)));
  app.notFound((c) => writeError(c, new AppError("route_not_found")));
  app.doc("/openapi.json", { openapi: "3.0.3", info: { title: `Cliprelay ${name}`, version: "1.0.0" } });
  return app;
}

import { OpenAPIHono } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { methodNotAllowed } from "hono/method-not-allowed";
import { requestId } from "hono/request-id";
import { AppError } from "../core/app-error.ts";
import { type Clock, systemClock } from "../core/clock.ts";
import { consoleSink, type LogSink } from "../core/log.ts";
import type { AppEnv } from "./caller.ts";
import { logInvocation } from "./log-invocation.ts";
import { toAppError, writeError } from "./write-error.ts";

const MAX_BODY_BYTES = 64 * 1024;
const ALLOWED_HEADERS = [
  "authorization",
  "x-client-info",
  "apikey",
  "content-type",
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
}

export type App = ReturnType<typeof createApp>;

/** A router with everything all functions share: ids, log, CORS, limits, validation errors, OpenAPI. */
export function createApp({ name, clock = systemClock, sink = consoleSink }: AppOptions) {
  const app = new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (!result.success) {
        throw new AppError("invalid_request", {
          details: result.error.issues.map(({ path, message }) => ({ path: path.join("."), message })),
        });
      }
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
  app.use(bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: () => {
      throw new AppError("body_too_large");
    },
  }));
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

import type { MiddlewareHandler } from "hono";
import type { Clock } from "../core/clock.ts";
import { type LogFields, type LogSink, writeLogLine } from "../core/log.ts";
import type { AppEnv } from "./caller.ts";

interface LogInvocationOptions {
  domain: string;
  clock: Clock;
  sink: LogSink;
}

/** Writes one line per request when it is answered. Handlers add fields with `c.var.note`. */
export function logInvocation(options: LogInvocationOptions): MiddlewareHandler<AppEnv> {
  return async function logInvocation(c, next) {
    const startedAt = options.clock().getTime();
    const fields: LogFields = {};
    c.set("note", (more) => Object.assign(fields, more));
    await next();
    writeLogLine(options.sink, {
      request_id: c.var.requestId,
      domain: options.domain,
      method: c.req.method,
      path: c.req.path,
      ...fields,
      status: c.res.status,
      outcome: c.res.status < 400 ? "ok" : c.res.status < 500 ? "refused" : "failed",
      duration_ms: options.clock().getTime() - startedAt,
    });
  };
}

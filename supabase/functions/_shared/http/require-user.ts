import type { MiddlewareHandler } from "hono";
import { AppError } from "../core/app-error.ts";
import type { AppEnv } from "./caller.ts";
import type { VerifyToken } from "./verify-token.ts";

/** Lets signed-in users through and sets `caller`. No credentials and wrong ones are told apart, both 401. */
export function requireUser(options: { verifyToken: VerifyToken }): MiddlewareHandler<AppEnv> {
  return async function requireUser(c, next) {
    const header = c.req.header("authorization");
    if (!header) throw new AppError("missing_credentials");
    const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
    if (!token) throw new AppError("invalid_credentials");
    const id = await options.verifyToken(token).catch((cause) => {
      throw new AppError("invalid_credentials", { cause });
    });
    c.set("caller", { id, token });
    c.var.note({ user_id: id });
    await next();
  };
}

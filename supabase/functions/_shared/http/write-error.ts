import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { AppError } from "../core/app-error.ts";
import type { ErrorCode } from "../core/error-codes.ts";
import {
  ProviderApiError,
  ProviderAuthError,
  ProviderConfigError,
  ProviderUserError,
} from "../core/provider-errors.ts";
import { describeProviderFailure } from "../core/provider-sentences.ts";
import type { AppEnv } from "./caller.ts";

const HTTP_EXCEPTION_CODES: Record<number, ErrorCode> = {
  400: "invalid_json",
  404: "route_not_found",
  413: "body_too_large",
  415: "unsupported_media_type",
};

/** Any thrown value as the error the caller may see. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ProviderAuthError) {
    return toProviderFailure("reauth_required", error);
  }
  if (error instanceof ProviderUserError) {
    const { code, details } = error;
    return new AppError(code, { message: error.message || undefined, details, cause: error });
  }
  if (error instanceof ProviderConfigError) {
    return toProviderFailure("provider_misconfigured", error);
  }
  if (error instanceof ProviderApiError) {
    const { status, retryAfterSeconds } = error;
    return status === 429
      ? toProviderFailure("provider_throttled", error, retryAfterSeconds ?? 10)
      : toProviderFailure("provider_failed", error, retryAfterSeconds);
  }
  if (error instanceof HTTPException) {
    return new AppError(HTTP_EXCEPTION_CODES[error.status] ?? "internal_error", { cause: error });
  }
  return new AppError("internal_error", { cause: error });
}

function toProviderFailure(
  code: ErrorCode,
  cause: Error & { provider: string },
  retryAfterSeconds?: number,
): AppError {
  const message = describeProviderFailure(code, cause.provider);
  return new AppError(code, { message, cause, retryAfterSeconds });
}

/** The body of every failed answer. */
export function writeError(c: Context<AppEnv>, error: AppError): Response {
  const { cause } = error;
  const isOurs = error.status >= 500;
  c.var.note({
    error_code: error.code,
    error: isOurs ? (cause ?? error) : cause instanceof Error ? cause.message : undefined,
  });
  if (error.retryAfterSeconds !== undefined) {
    c.header("retry-after", String(Math.ceil(error.retryAfterSeconds)));
  }
  return c.json(
    {
      code: error.code,
      message: error.message,
      requestId: c.var.requestId,
      ...(error.details === undefined ? {} : { details: error.details }),
    },
    error.status as ContentfulStatusCode,
  );
}

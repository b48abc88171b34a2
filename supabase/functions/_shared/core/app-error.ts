import { ERROR_CODES, type ErrorCode } from "./error-codes.ts";

interface AppErrorOptions {
  /** A sentence for a person; the table's sentence when absent. */
  message?: string;
  /** Facts a client can use, such as validation issues or the true offset. Never secrets. */
  details?: unknown;
  cause?: unknown;
  /** Seconds; sent as Retry-After. */
  retryAfterSeconds?: number;
}

/** The only error that leaves a function. Status and default sentence come from the table of codes. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly status: number;
  readonly details: unknown;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.message ?? ERROR_CODES[code].message, { cause: options.cause });
    this.code = code;
    this.status = ERROR_CODES[code].status;
    this.details = options.details;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

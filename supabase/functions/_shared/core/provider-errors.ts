import type { ErrorCode } from "./error-codes.ts";

/** The account's permission ended: the user has to connect it again. */
export class ProviderAuthError extends Error {
  override readonly name = "ProviderAuthError";
  constructor(readonly provider: string, message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

/** The user can do something about it; `message` is shown to them. */
export class ProviderUserError extends Error {
  override readonly name = "ProviderUserError";
  constructor(
    readonly provider: string,
    readonly code: ErrorCode,
    message?: string,
    readonly details?: unknown,
  ) {
    super(message);
  }
}

/** The service refuses this installation itself (secret, registration, scope): an operator has to repair it. */
export class ProviderConfigError extends Error {
  override readonly name = "ProviderConfigError";
  constructor(
    readonly provider: string,
    readonly providerCode: string,
    options?: ErrorOptions,
  ) {
    super(`${provider} refuses our registration: ${providerCode}`, options);
  }
}

/** The service failed or refused us: try later, or report. Status 0 means no answer at all. */
export class ProviderApiError extends Error {
  override readonly name = "ProviderApiError";
  constructor(
    readonly provider: string,
    readonly status: number,
    readonly providerCode: string,
    readonly retryAfterSeconds?: number,
    options?: ErrorOptions,
  ) {
    super(`${provider} answered ${status} ${providerCode}`.trim(), options);
  }

  /** True when nothing was decided and the same call may succeed later. */
  get isTransient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

import { ProviderAuthError } from "../../_shared/core/provider-errors.ts";

/** The platform refused the account's token; OneDrive's access has its own renewal. */
export function isAccountAuth(
  error: unknown,
  { platform }: { platform: string },
): error is ProviderAuthError {
  return error instanceof ProviderAuthError && error.provider === platform;
}

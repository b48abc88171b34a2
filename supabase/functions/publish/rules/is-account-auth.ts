import { ProviderAuthError } from "../../_shared/core/provider-errors.ts";

/** The platform, or the service on the route to it, refused the account's token; OneDrive's has its own renewal. */
export function isAccountAuth(
  error: unknown,
  { platform, route }: { platform: string; route?: string },
): error is ProviderAuthError {
  return error instanceof ProviderAuthError && (error.provider === platform || error.provider === route);
}

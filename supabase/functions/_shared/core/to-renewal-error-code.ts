import { ProviderApiError, ProviderAuthError, ProviderConfigError } from "./provider-errors.ts";

/** What a connection keeps of why its tokens could not be renewed. */
export function toRenewalErrorCode(error: unknown): string {
  if (error instanceof ProviderAuthError) return error.message;
  if (error instanceof ProviderConfigError) return "provider_misconfigured";
  if (error instanceof ProviderApiError) return error.providerCode || `status_${error.status}`;
  return "internal_error";
}

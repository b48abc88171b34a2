import { ProviderApiError, ProviderAuthError } from "../../_shared/core/provider-errors.ts";

/** Whether any platform's answer says that the call had no effect: not signed in any more, or too many calls (429). */
export function isTurnedAway(error: unknown): boolean {
  return error instanceof ProviderAuthError || (error instanceof ProviderApiError && error.status === 429);
}

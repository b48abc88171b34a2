import { ProviderApiError } from "../../_shared/core/provider-errors.ts";

/** Thrown when a checkpoint could not be stored because the lease of the drive is somebody else's. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

export function isLeaseLost(error: unknown): boolean {
  return error instanceof LeaseLost;
}

/** True when OneDrive cannot tell any more what changed since a link was made (410, whatever its code). */
export function isChangeLogLost(error: unknown): boolean {
  return error instanceof ProviderApiError && error.status === 410;
}

import { ApiFailure } from "./api-failure.ts";

/** True for an address that leads to nothing its user can see. */
export const isMissing = (error: unknown): boolean =>
  error instanceof ApiFailure && [400, 404].includes(error.status);

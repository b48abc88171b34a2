import { createCallLimit } from "../../_shared/core/create-call-limit.ts";

/** Calls an hour of one person. An export reads everything; a password may be guessed. */
export const limitCalls = createCallLimit("account", { export: 10, delete: 20 }, 3600);

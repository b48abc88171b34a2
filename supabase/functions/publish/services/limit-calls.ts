import { createCallLimit } from "../../_shared/core/create-call-limit.ts";

/** Calls a minute of one person: writing posts, looking at files, connecting accounts. */
export const limitCalls = createCallLimit("publish", { posts: 300, bulk: 30, check: 120, connect: 60 }, 60);

import { createCallLimit } from "../../_shared/core/create-call-limit.ts";

/** Calls a minute of one person, by what they do. */
export const limitCalls = createCallLimit(
  "onedrive",
  { connect: 60, "upload-url": 120, library: 240, link: 60, fragments: 600 },
  60,
);

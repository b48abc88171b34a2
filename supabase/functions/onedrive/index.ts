import { readMicrosoftEnv } from "../_shared/core/env.ts";
import { createOnedriveDeps } from "./create-deps.ts";
import { createOnedriveRouter } from "./router.ts";

const app = createOnedriveRouter(createOnedriveDeps(readMicrosoftEnv()));

Deno.serve(app.fetch);

import { readMicrosoftEnv } from "../_shared/core/env.ts";
import { createVideosDeps } from "./create-deps.ts";
import { createVideosRouter } from "./router.ts";

const app = createVideosRouter(createVideosDeps(readMicrosoftEnv()));

Deno.serve(app.fetch);

import { readPublishEnv } from "../_shared/core/env.ts";
import { createPublishDeps } from "./create-deps.ts";
import { createPublishRouter } from "./router.ts";

const app = createPublishRouter(createPublishDeps(readPublishEnv()));

Deno.serve(app.fetch);

import { readMicrosoftEnv } from "../_shared/core/env.ts";
import { createAccountDeps } from "./create-deps.ts";
import { createAccountRouter } from "./router.ts";

const app = createAccountRouter(createAccountDeps(readMicrosoftEnv()));

Deno.serve(app.fetch);

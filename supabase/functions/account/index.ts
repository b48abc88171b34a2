import { readAccountEnv } from "../_shared/core/env.ts";
import { createAccountDeps } from "./create-deps.ts";
import { createAccountRouter } from "./router.ts";

const app = createAccountRouter(createAccountDeps(readAccountEnv()));

Deno.serve(app.fetch);

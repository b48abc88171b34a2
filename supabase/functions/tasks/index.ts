import { systemClock } from "../_shared/core/clock.ts";
import { readPlatformEnv } from "../_shared/core/env.ts";
import { createDatabaseClients } from "../_shared/db/clients.ts";
import { createInfluencerTasks } from "../_shared/db/influencer-tasks.ts";
import { createVerifyToken } from "../_shared/http/verify-token.ts";
import { createTasksRouter } from "./router.ts";

const env = readPlatformEnv();
const app = createTasksRouter({
  tasks: createInfluencerTasks(createDatabaseClients(env)),
  verifyToken: createVerifyToken(env, systemClock),
});

Deno.serve(app.fetch);

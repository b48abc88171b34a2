import { createAccountDeps } from "../../../supabase/functions/account/create-deps.ts";
import { createAccountRouter } from "../../../supabase/functions/account/router.ts";
import { createOnedriveDeps } from "../../../supabase/functions/onedrive/create-deps.ts";
import { createOnedriveRouter } from "../../../supabase/functions/onedrive/router.ts";
import { readAccountEnv, readPublishEnv } from "../../../supabase/functions/_shared/core/env.ts";
import type { LogSink } from "../../../supabase/functions/_shared/core/log.ts";
import { createDatabaseClients } from "../../../supabase/functions/_shared/db/clients.ts";
import { createInfluencerTasks } from "../../../supabase/functions/_shared/db/influencer-tasks.ts";
import { createVerifyToken } from "../../../supabase/functions/_shared/http/verify-token.ts";
import { createPublishDeps } from "../../../supabase/functions/publish/create-deps.ts";
import { createPublishRouter } from "../../../supabase/functions/publish/router.ts";
import { createTasksRouter } from "../../../supabase/functions/tasks/router.ts";
import { createVideosDeps } from "../../../supabase/functions/videos/create-deps.ts";
import { createVideosRouter } from "../../../supabase/functions/videos/router.ts";
import { TEST_ENV } from "./test-env.ts";

interface RouterOptions {
  env?: Record<string, string>;
  fetch?: typeof fetch;
  sink?: LogSink;
  clock?: () => Date;
}

/** Every router with its real dependencies; outbound calls go to `fetch`, by default to nowhere. */
export function createRouters(options: RouterOptions = {}) {
  const env = readPublishEnv({ ...TEST_ENV, ...options.env });
  const sink = options.sink ?? (() => {});
  const clock = options.clock ?? (() => new Date());
  const overrides = { sink, clock, fetch: options.fetch ?? refuse };
  return {
    account: createAccountRouter(
      createAccountDeps(readAccountEnv({ ...TEST_ENV, ...options.env }), overrides),
    ),
    onedrive: createOnedriveRouter(createOnedriveDeps(env, overrides)),
    publish: createPublishRouter(createPublishDeps(env, overrides)),
    videos: createVideosRouter(createVideosDeps(env, overrides)),
    tasks: createTasksRouter({
      sink,
      clock,
      tasks: createInfluencerTasks(createDatabaseClients(env, overrides.fetch)),
      verifyToken: createVerifyToken(env, clock),
    }),
  };
}

/** A request to a function, as the gateway passes it on. */
export function request(
  method: string,
  path: string,
  init: { body?: unknown; headers?: HeadersInit } = {},
): Request {
  const headers = new Headers(init.headers);
  const body = init.body === undefined || typeof init.body === "string"
    ? init.body
    : JSON.stringify(init.body);
  if (body !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
  return new Request(`http://functions.test${path}`, { method, headers, body });
}

const refuse: typeof fetch = () => Promise.reject(new TypeError("connection refused"));

import type { MicrosoftEnv, PlatformEnv } from "../_shared/core/env.ts";
import { createPosters } from "../_shared/db/posters.ts";
import { createMicrosoftDeps, type DepsOverrides } from "../_shared/wiring/create-microsoft-deps.ts";
import type { VideosRouterDeps } from "./router.ts";

/** The real dependencies of the function, from its environment. */
export function createVideosDeps(
  env: PlatformEnv & MicrosoftEnv,
  overrides: DepsOverrides = {},
): VideosRouterDeps {
  const { clients, ...shared } = createMicrosoftDeps(env, overrides);
  return { ...shared, posters: createPosters(clients) };
}

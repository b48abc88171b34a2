import { AppError } from "../../../_shared/core/app-error.ts";
import type { SocialLogin } from "../../../_shared/core/social-login.ts";
import type { ConnectionDeps } from "./deps.ts";

/** The sign-in of a platform; `route` chooses between several. AppError when it is not set up here. */
export function findLogin(deps: ConnectionDeps, platform: string, route?: string): SocialLogin {
  const found = deps.logins.find(
    (login) => login.platform === platform && (route === undefined || login.route === route),
  );
  if (!found) throw new AppError("platform_not_available");
  return found;
}

import type { Kit } from "../kit/provider.ts";
import type { SettingName, SettingValues } from "../kit/settings.ts";
import type { SignIn } from "./grants.ts";

/** Which service a host belongs to. */
export const SERVICE_OF = { facebook: "meta", instagram: "instagram" } as const;

/**
 * A switch as a host sees it: set for its own service, else for Meta's other one. Both hosts work on the same
 * accounts, so a quota set for either counts.
 */
export function readSwitch<Name extends SettingName>(
  kit: Kit,
  host: SignIn,
  name: Name,
): SettingValues[Name] | null {
  const other = host === "facebook" ? "instagram" : "facebook";
  return kit.settings.get(SERVICE_OF[host], name) ?? kit.settings.get(SERVICE_OF[other], name);
}

import { APP_REMOVED } from "../state.ts";
import type { NodeOf } from "./find-node.ts";
import type { GraphCall } from "./graph-call.ts";
import { badParameter } from "../meta-failure.ts";

/** GET /me/permissions: every permission the person was asked for, with the answer. */
export function listPermissions(call: GraphCall, { person }: NodeOf<"User">): unknown {
  call.params.allow("permission", "status");
  const only = { permission: call.params.get("permission"), status: call.params.get("status") };
  const answers = Object.entries(call.state.permissionsOf("facebook", person.name))
    .map(([permission, status]) => ({ permission, status }))
    .filter(({ permission, status }) =>
      (only.permission ?? permission) === permission && (only.status ?? status) === status
    );
  return { data: answers };
}

/** DELETE /me/permissions: the app is removed and all tokens of the person end. */
export function removeApp(call: GraphCall, { person }: NodeOf<"User">): unknown {
  call.params.allow();
  call.state.revokeGrants("facebook", person.name, APP_REMOVED);
  return { success: true };
}

/** DELETE /me/permissions/{permission}: takes one back. Throws code 100 for one the person did not grant. */
export function removePermission(
  call: GraphCall,
  { person }: NodeOf<"User">,
  permission: string,
): unknown {
  call.params.allow();
  if (!call.state.grantedScopes("facebook", person.name).includes(permission)) {
    throw badParameter(`The permission ${permission} is not granted`);
  }
  call.state.revokePermission(person.name, permission);
  return { success: true };
}

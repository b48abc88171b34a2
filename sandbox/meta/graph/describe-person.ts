import type { Kit } from "../../kit/provider.ts";
import { parseFields, selectFields } from "./fields.ts";
import type { NodeOf } from "./find-node.ts";
import type { GraphCall } from "./graph-call.ts";

/** GET /me of a Facebook user: the permissions of the token decide whether the email address is there. */
export function describePerson(call: GraphCall, { person }: NodeOf<"User">): unknown {
  call.params.allow();
  const [first = "", ...rest] = person.displayName.split(" ");
  const available = {
    id: () => person.id,
    name: () => person.displayName,
    first_name: () => first,
    last_name: () => rest.join(" ") || undefined,
    email: () => call.caller.scopes.includes("email") ? `${person.name}@facebook.example` : undefined,
    picture: () => describePicture(call.kit, person.id),
  };
  return selectFields("User", available, parseFields(call.params.get("fields")), ["name", "id"]);
}

/** The picture of a person or Page, as Facebook nests it. */
export function describePicture(kit: Kit, id: string): unknown {
  return { data: { height: 50, is_silhouette: false, url: pictureUrl(kit, id), width: 50 } };
}

export function pictureUrl(kit: Kit, id: string): string {
  return `${kit.urls.INSTAGRAM_SITE_URL}/pictures/${id}.png`;
}

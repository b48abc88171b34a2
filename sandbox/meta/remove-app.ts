import type { Kit } from "../kit/provider.ts";
import type { Person } from "./account.ts";
import type { SignIn } from "./grants.ts";
import { signRequest } from "./signed-request.ts";
import { APP_REMOVED, type MetaState } from "./state.ts";

/** What an app answered to a callback; status 0 when it has none, or does not answer. */
export interface CallbackAnswer {
  name: "deauthorize" | "data deletion";
  status: number;
  body: string;
}

/**
 * What happens when a person removes the app in their settings: its tokens end and its callbacks hear of it, the
 * second one only when they also ask for the deletion of their data.
 */
export async function removeAppBy(
  kit: Kit,
  state: MetaState,
  person: Person,
  signIn: SignIn,
  wantsDeletion: boolean,
): Promise<CallbackAnswer[]> {
  state.revokeGrants(signIn, person.name, APP_REMOVED);
  const personId = signIn === "facebook" ? person.id : person.instagram[0]!.appScopedId;
  const request = signRequest(kit.app, personId, kit.now());
  const answers = [await post("deauthorize", kit.app.deauthorizeUrl, request)];
  if (wantsDeletion) answers.push(await post("data deletion", kit.app.dataDeletionUrl, request));
  return answers;
}

async function post(
  name: CallbackAnswer["name"],
  url: string | null,
  signedRequest: string,
): Promise<CallbackAnswer> {
  if (url === null) return { name, status: 0, body: "The app has no such address." };
  try {
    const body = new URLSearchParams({ signed_request: signedRequest });
    const response = await fetch(url, { method: "POST", body, redirect: "manual" });
    return { name, status: response.status, body: await response.text() };
  } catch (error) {
    return { name, status: 0, body: error instanceof Error ? error.message : String(error) };
  }
}

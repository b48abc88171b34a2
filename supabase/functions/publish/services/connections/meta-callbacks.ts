import type { DataDeletion } from "../../../_shared/contracts/meta-callbacks.ts";
import { AppError } from "../../../_shared/core/app-error.ts";
import { sha256Hex } from "../../../_shared/core/digest.ts";
import { toHex } from "../../../_shared/core/encoding.ts";
import type { MetaGrants, MetaPerson } from "../../../_shared/db/meta-grants.ts";
import type { SignedRequest } from "../../../_shared/providers/facebook/signed-request.ts";

/** An app at Meta and the sign-in it belongs to. */
export interface MetaApp {
  signIn: "facebook" | "instagram";
  /** Null for a message that this app did not sign. */
  readMessage(signedRequest: string): Promise<SignedRequest | null>;
}

export interface MetaCallbackDeps {
  metaApps: readonly MetaApp[];
  metaGrants: MetaGrants;
  webUrl: string;
}

const CODE_BYTES = 16;

/** A person removed the app: their accounts are disconnected, their posts wait. AppError signed_request_invalid. */
export async function deauthorize(deps: MetaCallbackDeps, signedRequest: string): Promise<void> {
  await deps.metaGrants.end(await requirePerson(deps, signedRequest));
}

/**
 * A person wants their data deleted, which is done at once. The same person gets the same code again. AppError
 * signed_request_invalid.
 */
export async function deleteData(deps: MetaCallbackDeps, signedRequest: string) {
  const person = await requirePerson(deps, signedRequest);
  const fresh = toHex(crypto.getRandomValues(new Uint8Array(CODE_BYTES)));
  const personHash = await sha256Hex(`${person.signIns[0]} ${person.id}`);
  const code = await deps.metaGrants.deleteData(person, personHash, fresh);
  return { url: `${deps.webUrl}/data-deletion/${code}`, confirmation_code: code };
}

/** How far a request to delete data is. AppError deletion_not_found. */
export async function readDeletion(
  { metaGrants }: Pick<MetaCallbackDeps, "metaGrants">,
  code: string,
): Promise<DataDeletion> {
  const found = await metaGrants.findDeletion(code);
  if (!found) throw new AppError("deletion_not_found");
  return {
    confirmation_code: code,
    status: "completed",
    requested_at: found.requestedAt,
    completed_at: found.completedAt,
  };
}

/** Whose message it is: that of every sign-in whose app signed it. */
async function requirePerson({ metaApps }: MetaCallbackDeps, signedRequest: string): Promise<MetaPerson> {
  const read = await Promise.all(metaApps.map(async ({ signIn, readMessage }) => ({
    signIn,
    message: await readMessage(signedRequest),
  })));
  const signed = read.flatMap(({ signIn, message }) => (message ? [{ signIn, ...message }] : []));
  const [first] = signed;
  if (!first) throw new AppError("signed_request_invalid");
  return { signIns: signed.map(({ signIn }) => signIn), id: first.personId, issuedAt: first.issuedAt };
}

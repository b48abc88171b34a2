import type { DeleteAccountRequest, DeleteAccountResponse } from "../../_shared/contracts/account.ts";
import { AppError } from "../../_shared/core/app-error.ts";
import { isRecent } from "../rules/is-recent.ts";
import { deleteAccounts } from "./delete-accounts.ts";
import type { AccountDeps, Caller } from "./deps.ts";
import { limitCalls } from "./limit-calls.ts";

/**
 * Closes an account for good and starts deleting it. The person proves that it is them: the address typed again,
 * and a sign-in of the last minutes or the password.
 */
export async function requestDeletion(
  deps: AccountDeps,
  caller: Caller,
  request: DeleteAccountRequest,
): Promise<DeleteAccountResponse> {
  await limitCalls(deps, caller, "delete");
  const { id, email } = await deps.users.findByToken(caller.token);
  if (!email || email.toLowerCase() !== request.email.toLowerCase()) {
    throw new AppError("account_email_differs");
  }
  if (request.password === undefined) await requireRecentSignIn(deps, caller);
  else if (!await deps.users.hasPassword(email, request.password)) {
    throw new AppError("password_wrong");
  }

  await deps.deletions.request(id);
  deps.background("delete-accounts", () => deleteAccounts(deps));
  return { status: "deleting" };
}

async function requireRecentSignIn(
  deps: AccountDeps,
  caller: Caller,
): Promise<void> {
  const sessions = await deps.data.listSessions(caller.token);
  const current = sessions.find((session) => session.is_current);
  if (!current || !isRecent(current.created_at, deps.clock())) {
    throw new AppError("recent_sign_in_required");
  }
}

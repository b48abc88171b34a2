import { useMutation } from "@tanstack/react-query";
import {
  type DeleteAccountRequest,
  deleteAccountResponseSchema,
} from "../../../../../supabase/functions/_shared/contracts/account.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { supabase } from "../../../lib/supabase.ts";

/** Closes the account. Signing out stays here: the session is gone on the server already. */
async function deleteAccount(body: DeleteAccountRequest): Promise<void> {
  await callFunction("account/delete", deleteAccountResponseSchema, { method: "POST", body });
}

export const useDeleteAccount = () => useMutation({ mutationFn: deleteAccount, meta: { quiet: true } });

/** Forgets the session of this browser. */
export async function forgetSession(): Promise<void> {
  await supabase.auth.signOut({ scope: "local" });
}

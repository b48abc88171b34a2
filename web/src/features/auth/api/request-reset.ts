import { useMutation } from "@tanstack/react-query";
import { z } from "zod";
import { supabase } from "../../../lib/supabase.ts";
import { toAuthFailure } from "./auth-failure.ts";

export const requestResetSchema = z.object({ email: z.email("Enter an e-mail address.") });

async function requestReset({ email }: z.infer<typeof requestResetSchema>): Promise<void> {
  const redirectTo = `${globalThis.location.origin}/set-password`;
  const { error } = await supabase.auth.resetPasswordForEmail(email, { redirectTo });
  if (error) throw toAuthFailure(error);
}

export const useRequestReset = () => useMutation({ mutationFn: requestReset, meta: { quiet: true } });

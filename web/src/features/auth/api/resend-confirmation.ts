import { useMutation } from "@tanstack/react-query";
import { z } from "zod";
import { supabase } from "../../../lib/supabase.ts";
import { toAuthFailure } from "./auth-failure.ts";
import { confirmationAddress } from "./confirmation-address.ts";

export const resendConfirmationSchema = z.object({ email: z.email("Enter an e-mail address.") });

/** Sends the confirmation link again. The answer is the same whether or not the address has an account. */
async function resendConfirmation({ email }: z.infer<typeof resendConfirmationSchema>): Promise<void> {
  const { error } = await supabase.auth.resend({
    type: "signup",
    email,
    options: { emailRedirectTo: confirmationAddress() },
  });
  if (error) throw toAuthFailure(error);
}

export const useResendConfirmation = () =>
  useMutation({ mutationFn: resendConfirmation, meta: { quiet: true } });

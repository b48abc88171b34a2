import { useMutation } from "@tanstack/react-query";
import { z } from "zod";
import { supabase } from "../../../lib/supabase.ts";
import { toAuthFailure } from "./auth-failure.ts";
import { confirmationAddress } from "./confirmation-address.ts";

export const newPasswordSchema = z.string()
  .min(8, "Use at least 8 characters.")
  .max(72, "Use at most 72 characters.");

/** The rule above in words; the server may ask for more and then says so itself. */
export const PASSWORD_RULE = "At least 8 characters. A few words in a row make a good one.";

export const signUpSchema = z.object({
  displayName: z.string().trim().max(100, "Use at most 100 characters."),
  email: z.email("Enter an e-mail address."),
  password: newPasswordSchema,
});

/** @returns whether the account can be used at once, or waits for the link in a mail */
async function signUp(form: z.infer<typeof signUpSchema>): Promise<{ isSignedIn: boolean }> {
  const { data, error } = await supabase.auth.signUp({
    email: form.email,
    password: form.password,
    options: {
      emailRedirectTo: confirmationAddress(),
      data: form.displayName ? { display_name: form.displayName } : {},
    },
  });
  if (error) throw toAuthFailure(error);
  return { isSignedIn: data.session !== null };
}

export const useSignUp = () => useMutation({ mutationFn: signUp, meta: { quiet: true } });

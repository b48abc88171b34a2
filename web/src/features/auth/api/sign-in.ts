import { useMutation } from "@tanstack/react-query";
import { z } from "zod";
import { supabase } from "../../../lib/supabase.ts";
import { toAuthFailure } from "./auth-failure.ts";

export const signInSchema = z.object({
  email: z.email("Enter an e-mail address."),
  password: z.string().min(1, "Enter your password."),
});

async function signIn(credentials: z.infer<typeof signInSchema>): Promise<void> {
  const { error } = await supabase.auth.signInWithPassword(credentials);
  if (error) throw toAuthFailure(error);
}

export const useSignIn = () => useMutation({ mutationFn: signIn, meta: { quiet: true } });

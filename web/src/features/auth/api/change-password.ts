import { createClient } from "@supabase/supabase-js";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { env } from "../../../config/env.ts";
import { ApiFailure } from "../../../lib/api-failure.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";
import { toAuthFailure } from "./auth-failure.ts";
import { newPasswordSchema } from "./sign-up.ts";

export const changePasswordSchema = z
  .object({
    current: z.string().min(1, "Enter your current password."),
    password: newPasswordSchema,
    repeated: z.string(),
    /** Code of a mail; only where the server asks for it. */
    nonce: z.string().trim(),
  })
  .refine((form) => form.password === form.repeated, {
    path: ["repeated"],
    message: "The two passwords differ.",
  });

type ChangePassword = z.infer<typeof changePasswordSchema>;

/**
 * Changes the password of the signed-in user, who proves to know the current one. The server ends every other session.
 * @throws ApiFailure `password_wrong`; `reauthentication_needed` after a code was sent by mail
 */
async function changePassword(email: string, form: ChangePassword): Promise<void> {
  await checkPassword(email, form.current);
  const { error } = await supabase.auth.updateUser({
    password: form.password,
    current_password: form.current,
    ...(form.nonce && { nonce: form.nonce }),
  });
  if (!error) return;
  if (error.code === "reauthentication_needed") {
    const sent = await supabase.auth.reauthenticate();
    if (sent.error) throw toAuthFailure(sent.error);
  }
  throw toAuthFailure(error);
}

/** Signs in aside, with a client that keeps nothing, and closes that session again. */
async function checkPassword(email: string, password: string): Promise<void> {
  const client = createClient(env.supabaseUrl, env.publishableKey, {
    auth: {
      persistSession: false,
      autoRefreshToken: false,
      detectSessionInUrl: false,
      storageKey: "check-password",
    },
  });
  const { error } = await client.auth.signInWithPassword({ email, password });
  if (error?.code === "invalid_credentials") {
    throw new ApiFailure("password_wrong", "This is not your current password.", error.status ?? 400);
  }
  if (error) throw toAuthFailure(error);
  await client.auth.signOut({ scope: "local" });
}

/** @param email address of the signed-in user */
export function useChangePassword(email: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (form: ChangePassword) => changePassword(email, form),
    meta: { quiet: true },
    onSettled: () => void client.invalidateQueries({ queryKey: queryKeys.sessions }),
  });
}

import { useMutation } from "@tanstack/react-query";
import { z } from "zod";
import { supabase } from "../../../lib/supabase.ts";
import { toAuthFailure } from "./auth-failure.ts";
import { newPasswordSchema } from "./sign-up.ts";

export const setPasswordSchema = z
  .object({ password: newPasswordSchema, repeated: z.string() })
  .refine((form) => form.password === form.repeated, {
    path: ["repeated"],
    message: "The two passwords differ.",
  });

async function setPassword({ password }: z.infer<typeof setPasswordSchema>): Promise<void> {
  const { error } = await supabase.auth.updateUser({ password });
  if (error) throw toAuthFailure(error);
}

export const useSetPassword = () => useMutation({ mutationFn: setPassword, meta: { quiet: true } });

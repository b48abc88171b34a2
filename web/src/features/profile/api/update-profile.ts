import { useMutation, useQueryClient } from "@tanstack/react-query";
import { assertWritten } from "../../../lib/data-failure.ts";
import type { Patch } from "../../../lib/database.ts";
import { supabase } from "../../../lib/supabase.ts";
import { type Profile, profileOptions } from "./get-profile.ts";

type ProfilePatch = Patch<"profiles">;

/** Changes preferences; shown at once, taken back when refused. */
export function useUpdateProfile(userId: string) {
  const client = useQueryClient();
  const { queryKey } = profileOptions;
  return useMutation({
    mutationFn: async (patch: ProfilePatch) =>
      assertWritten(await supabase.from("profiles").update(patch).eq("user_id", userId)),
    onMutate: async (patch) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      if (before) client.setQueryData(queryKey, { ...before, ...patch } as Profile);
      return { before };
    },
    onError: (_error, _patch, context) => client.setQueryData(queryKey, context?.before),
    onSettled: () => void client.invalidateQueries({ queryKey }),
  });
}

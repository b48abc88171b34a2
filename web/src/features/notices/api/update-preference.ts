import { useMutation, useQueryClient } from "@tanstack/react-query";
import { assertWritten } from "../../../lib/data-failure.ts";
import { supabase } from "../../../lib/supabase.ts";
import { preferencesOptions } from "./list-preferences.ts";

interface Change {
  group: string;
  patch: { in_app?: boolean; by_mail?: boolean };
}

/** Turns a way of being told on or off; shown at once, taken back when refused. */
export function useUpdatePreference() {
  const client = useQueryClient();
  const { queryKey } = preferencesOptions;
  return useMutation({
    mutationFn: async ({ group, patch }: Change) =>
      assertWritten(
        await supabase.from("notification_preferences").update(patch).eq("kind_group", group),
      ),
    onMutate: async ({ group, patch }) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      if (before) {
        client.setQueryData(
          queryKey,
          before.map((preference) =>
            preference.kind_group === group ? { ...preference, ...patch } : preference
          ),
        );
      }
      return { before };
    },
    onError: (_error, _change, context) => client.setQueryData(queryKey, context?.before),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
}

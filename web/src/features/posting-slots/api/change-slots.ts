import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Platform } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { assertWritten } from "../../../lib/data-failure.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

export interface NewSlot {
  weekday: number;
  /** `HH:MM` */
  local_time: string;
  /** Null: every platform. */
  platforms: Platform[] | null;
}

type Change = { add: NewSlot[] } | { removeId: string };

/** Adds or removes slots. */
export function useChangeSlots() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (change: Change) => {
      assertWritten(
        "add" in change
          ? await supabase.from("posting_slots").insert(change.add)
          : await supabase.from("posting_slots").delete().eq("id", change.removeId),
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.slots.all }),
  });
}

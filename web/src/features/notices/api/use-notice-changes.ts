import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";
import { assertWritten } from "../../../lib/data-failure.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";
import type { Notice } from "./list-notices.ts";

/** Marks one notice as read; null: all of them. */
async function markRead(id: string | null): Promise<void> {
  const patch = { read_at: new Date().toISOString() };
  assertWritten(
    id === null
      ? await supabase.from("notifications").update(patch).is("read_at", null)
      : await supabase.from("notifications").update(patch).eq("id", id),
  );
}

async function removeNotice(id: string): Promise<void> {
  assertWritten(await supabase.from("notifications").delete().eq("id", id));
}

/** Reading and removing notices; the list shows it at once and takes it back when it is refused. */
export function useNoticeChanges() {
  const read = useNoticeChange(
    markRead,
    (notices, id) =>
      notices.map((notice) =>
        id === null || notice.id === id
          ? { ...notice, read_at: notice.read_at ?? new Date().toISOString() }
          : notice
      ),
  );
  const remove = useNoticeChange(removeNotice, (notices, id) => notices.filter((notice) => notice.id !== id));
  return { read, remove };
}

function useNoticeChange<Id extends string | null>(
  change: (id: Id) => Promise<void>,
  apply: (notices: Notice[], id: Id) => Notice[],
) {
  const client = useQueryClient();
  const queryKey = queryKeys.notices.list;
  return useMutation({
    mutationFn: change,
    onMutate: async (id: Id) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData<InfiniteData<Notice[]>>(queryKey);
      if (before) {
        client.setQueryData(queryKey, { ...before, pages: before.pages.map((page) => apply(page, id)) });
      }
      return { before };
    },
    onError: (_error, _id, context) => client.setQueryData(queryKey, context?.before),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.notices.all }),
  });
}

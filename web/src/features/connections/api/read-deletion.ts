import { queryOptions } from "@tanstack/react-query";
import { dataDeletionSchema } from "../../../../../supabase/functions/_shared/contracts/meta-callbacks.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { queryKeys } from "../../../lib/query-keys.ts";

/** How far a request at Facebook or Instagram to delete data is, by its confirmation code. */
export const deletionOptions = (code: string) =>
  queryOptions({
    queryKey: queryKeys.dataDeletion(code),
    queryFn: ({ signal }) =>
      callFunction(`publish/meta/data-deletion/${encodeURIComponent(code)}`, dataDeletionSchema, { signal }),
    retry: false,
  });

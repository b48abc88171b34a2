import { queryOptions } from "@tanstack/react-query";
import { onedriveStatusSchema } from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { queryKeys } from "../../../lib/query-keys.ts";

/** The connected OneDrive account, its folder and its space. */
export const onedriveStatusOptions = queryOptions({
  queryKey: queryKeys.onedrive.status,
  queryFn: ({ signal }) => callFunction("onedrive/status", onedriveStatusSchema, { signal }),
  staleTime: 60_000,
});

import { queryOptions } from "@tanstack/react-query";
import { creatorInfoSchema } from "../../../../../supabase/functions/_shared/contracts/creator-info.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { queryKeys } from "../../../lib/query-keys.ts";

/** Long enough not to ask at every key, short enough to be the account's present settings. */
const FRESH_MS = 60_000;

/** What a TikTok account may post at the moment. */
export const creatorInfoOptions = (connectionId: string) =>
  queryOptions({
    queryKey: queryKeys.creatorInfo(connectionId),
    queryFn: ({ signal }) =>
      callFunction(`publish/connections/${connectionId}/creator-info`, creatorInfoSchema, { signal }),
    staleTime: FRESH_MS,
    refetchOnWindowFocus: false,
    retry: 1,
  });

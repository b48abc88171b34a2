import { queryOptions } from "@tanstack/react-query";
import { COVER_BUCKET } from "../../../../../supabase/functions/_shared/contracts/covers.ts";
import { unwrap } from "../../../lib/data-failure.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

const LIFETIME_SECONDS = 3600;

/** A short-lived address of a stored cover. */
export const coverUrlOptions = (path: string | undefined) =>
  queryOptions({
    queryKey: queryKeys.covers(path ?? ""),
    queryFn: async () => {
      const answer = await supabase.storage.from(COVER_BUCKET).createSignedUrl(path ?? "", LIFETIME_SECONDS);
      return unwrap({ ...answer, status: 500 }).signedUrl;
    },
    enabled: path !== undefined,
    staleTime: (LIFETIME_SECONDS - 600) * 1000,
    gcTime: (LIFETIME_SECONDS - 300) * 1000,
  });

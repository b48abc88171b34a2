import { queryOptions } from "@tanstack/react-query";
import { createBatch } from "./create-batch.ts";
import { unwrap } from "./data-failure.ts";
import { queryKeys } from "./query-keys.ts";
import { supabase } from "./supabase.ts";

const LIFETIME_SECONDS = 3600;

const requestPosterUrl = createBatch(async (paths) => {
  const answer = await supabase.storage.from("posters").createSignedUrls([...paths], LIFETIME_SECONDS);
  return new Map(
    unwrap({ ...answer, status: 500 }).map(({ path, signedUrl }) => [path ?? "", signedUrl || null]),
  );
});

/** A poster's short-lived address. All posters of one paint are signed in one request. */
export const posterUrlOptions = (path: string | null) =>
  queryOptions({
    queryKey: queryKeys.posters(path ?? ""),
    queryFn: () => requestPosterUrl(path ?? ""),
    enabled: path !== null,
    staleTime: (LIFETIME_SECONDS - 600) * 1000,
    gcTime: (LIFETIME_SECONDS - 300) * 1000,
  });

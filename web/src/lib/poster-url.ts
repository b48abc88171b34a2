import { queryOptions } from "@tanstack/react-query";
import { unwrap } from "./data-failure.ts";
import { queryKeys } from "./query-keys.ts";
import { supabase } from "./supabase.ts";

const LIFETIME_SECONDS = 3600;

type Waiting = { resolve: (url: string | null) => void; reject: (error: unknown) => void };

let batch = new Map<string, Waiting[]>();

/** A poster's short-lived address. All posters of one paint are signed in one request. */
export const posterUrlOptions = (path: string | null) =>
  queryOptions({
    queryKey: queryKeys.posters(path ?? ""),
    queryFn: () => requestPosterUrl(path ?? ""),
    enabled: path !== null,
    staleTime: (LIFETIME_SECONDS - 600) * 1000,
    gcTime: (LIFETIME_SECONDS - 300) * 1000,
  });

function requestPosterUrl(path: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    if (batch.size === 0) setTimeout(signBatch, 15);
    batch.set(path, [...(batch.get(path) ?? []), { resolve, reject }]);
  });
}

async function signBatch(): Promise<void> {
  const current = batch;
  batch = new Map();
  try {
    const answer = await supabase.storage.from("posters").createSignedUrls(
      [...current.keys()],
      LIFETIME_SECONDS,
    );
    const signed = new Map(unwrap({ ...answer, status: 500 }).map((entry) => [entry.path, entry.signedUrl]));
    for (const [path, waiting] of current) {
      for (const { resolve } of waiting) resolve(signed.get(path) || null);
    }
  } catch (error) {
    for (const { reject } of [...current.values()].flat()) reject(error);
  }
}

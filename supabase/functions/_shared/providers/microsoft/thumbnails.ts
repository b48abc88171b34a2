import { z } from "zod";
import { getBatch } from "./graph-batch.ts";
import type { GraphHttp, GraphHttpOptions } from "./graph-http.ts";
import { toItemAddress } from "./item-address.ts";
import { thumbnailSetsSchema } from "./schema.ts";

/** Fits a card of the gallery on a dense screen; OneDrive may answer with a larger one. */
const SIZE = "c640x360";

const imageSchema = z.looseObject({ url: z.url() });

export type GetThumbnails = ReturnType<typeof createGetThumbnails>;

/**
 * Short-lived addresses of OneDrive's own pictures of files, by item id. Files without one (just stored, or of a kind
 * OneDrive does not draw), gone files and throttled ones are left out: a picture is never worth a failure.
 */
export function createGetThumbnails(
  http: GraphHttp,
  options: Pick<GraphHttpOptions, "sleep" | "clock"> = {},
) {
  return async (token: string, itemIds: readonly string[]): Promise<Map<string, string>> => {
    const paths = itemIds.map((id) =>
      `/me/drive/${toItemAddress(id)}/thumbnails?$select=${SIZE},large,medium`
    );
    const results = await getBatch(http, token, paths, options);
    const found = new Map<string, string>();
    results.forEach((result, index) => {
      const sets = result.ok ? thumbnailSetsSchema.safeParse(result.body) : null;
      const set = sets?.success ? sets.data.value[0] : undefined;
      for (const name of [SIZE, "large", "medium"]) {
        const image = imageSchema.safeParse(set?.[name]);
        if (image.success && !found.has(itemIds[index]!)) found.set(itemIds[index]!, image.data.url);
      }
    });
    return found;
  };
}

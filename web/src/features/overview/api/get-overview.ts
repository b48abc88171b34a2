import { queryOptions } from "@tanstack/react-query";
import { unwrap } from "../../../lib/data-failure.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

const LOOKED_AT = 100;
const SHOWN = 4;

/** What lies around: products without a video among the newest hundred, and videos without a product. */
async function getOverview() {
  const [productAnswer, unlinkedAnswer, latestAnswer] = await Promise.all([
    supabase
      .from("sourced_products")
      .select("id,title,asin,marketplace,image_url")
      .order("created_at", { ascending: false })
      .limit(LOOKED_AT),
    supabase
      .from("product_videos")
      .select("id,filename,poster_path,duration_ms")
      .is("product_id", null)
      .order("id", { ascending: false })
      .limit(SHOWN),
    supabase
      .from("product_videos")
      .select("id,filename,poster_path,duration_ms,product_id,created_at")
      .order("id", { ascending: false })
      .limit(SHOWN),
  ]);
  const products = unwrap(productAnswer);
  const linked = products.length === 0 ? [] : unwrap(
    await supabase.from("product_videos").select("product_id").in("product_id", products.map(({ id }) => id)),
  );
  const withVideo = new Set(linked.map(({ product_id }) => product_id));
  return {
    hasProducts: products.length > 0,
    waitingProducts: products.filter(({ id }) => !withVideo.has(id)).slice(0, 3),
    unlinkedVideos: unwrap(unlinkedAnswer),
    latestVideos: unwrap(latestAnswer),
  };
}

export const overviewOptions = queryOptions({ queryKey: queryKeys.overview, queryFn: getOverview });

export type Overview = Awaited<ReturnType<typeof getOverview>>;

import { queryOptions } from "@tanstack/react-query";
import type { CaptionFacts } from "../../../../../supabase/functions/_shared/contracts/render-caption.ts";
import { unwrap } from "../../../lib/data-failure.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

/** A video as far as its captions are concerned. */
export interface CaptionedVideo {
  id: string;
  filename: string;
  product_id: string | null;
}

/** What the placeholders of a video's caption stand for. */
export const captionFactsOptions = (video: CaptionedVideo) =>
  queryOptions({
    queryKey: queryKeys.captionFacts(video.id),
    queryFn: async (): Promise<CaptionFacts> => {
      if (video.product_id === null) return { filename: video.filename, product: null };
      const [product] = unwrap(
        await supabase
          .from("sourced_products")
          .select("title,video_title,brand,asin,price,currency,marketplace")
          .eq("id", video.product_id),
      );
      return {
        filename: video.filename,
        product: product
          ? { ...product, price: product.price === null ? null : Number(product.price) } as CaptionFacts[
            "product"
          ]
          : null,
      };
    },
    staleTime: 60_000,
  });

import { Package } from "lucide-react";
import { cn } from "../lib/cn.ts";
import { ImageWithFallback } from "./image-with-fallback.tsx";

/** A product's picture, or a quiet stand-in. The product's title stands beside it. */
export function ProductThumb({ url, className }: { url: string | null; className?: string }) {
  return (
    <span
      className={cn(
        "grid shrink-0 place-items-center overflow-hidden rounded-lg bg-sunken text-ink-faint ring-1 ring-line ring-inset",
        className ?? "size-11",
      )}
    >
      <ImageWithFallback
        url={url}
        referrerPolicy="no-referrer"
        className="size-full bg-white object-contain"
        fallback={<Package aria-hidden className="size-5" />}
      />
    </span>
  );
}

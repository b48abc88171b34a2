import { Package } from "lucide-react";
import { useState } from "react";
import { cn } from "../lib/cn.ts";

/** A product's picture, or a quiet stand-in. The product's title stands beside it. */
export function ProductThumb({ url, className }: { url: string | null; className?: string }) {
  const [isBroken, setBroken] = useState(false);
  return (
    <span
      className={cn(
        "grid shrink-0 place-items-center overflow-hidden rounded-lg bg-sunken text-ink-faint ring-1 ring-line ring-inset",
        className ?? "size-11",
      )}
    >
      {url && !isBroken
        ? (
          <img
            src={url}
            alt=""
            loading="lazy"
            referrerPolicy="no-referrer"
            onError={() => setBroken(true)}
            className="size-full bg-white object-contain"
          />
        )
        : <Package aria-hidden className="size-5" />}
    </span>
  );
}

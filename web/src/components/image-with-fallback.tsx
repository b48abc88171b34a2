import { type ComponentProps, type ReactNode, useState } from "react";

interface ImageWithFallbackProps extends Pick<ComponentProps<"img">, "className" | "referrerPolicy"> {
  url: string | null | undefined;
  /** Shown where there is no picture, or it does not load. */
  fallback: ReactNode;
}

/** A picture that is decoration beside the name of what it shows. */
export function ImageWithFallback({ url, fallback, ...props }: ImageWithFallbackProps) {
  const [brokenUrl, setBrokenUrl] = useState<string | null>(null);
  if (!url || url === brokenUrl) return fallback;
  return <img {...props} src={url} alt="" loading="lazy" onError={() => setBrokenUrl(url)} />;
}

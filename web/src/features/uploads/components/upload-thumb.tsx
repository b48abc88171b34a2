import { FileVideo } from "lucide-react";
import { useEffect, useState } from "react";

/** The frame of a video that is on its way, as soon as the browser has drawn one. */
export function UploadThumb({ frame }: { frame: Blob | null }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!frame) return setUrl(null);
    const made = URL.createObjectURL(frame);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [frame]);
  return (
    <span className="grid aspect-video w-14 shrink-0 self-start place-items-center overflow-hidden rounded-md bg-sunken text-ink-faint ring-1 ring-line ring-inset">
      {url
        ? <img src={url} alt="" className="size-full object-cover" />
        : <FileVideo aria-hidden className="size-4" />}
    </span>
  );
}

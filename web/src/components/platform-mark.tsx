import type { Platform } from "../../../supabase/functions/_shared/contracts/publish.ts";
import { cn } from "../lib/cn.ts";

const MARKS: Record<Platform, { box: string; drawing: string }> = {
  youtube: {
    box: "bg-[#e4312b]",
    drawing: "M9.2 7.2a.8.8 0 0 1 1.2-.7l6.6 4.8c.5.3.5 1 0 1.4l-6.6 4.8a.8.8 0 0 1-1.2-.7z",
  },
  instagram: {
    box: "bg-[linear-gradient(45deg,#f2a33c,#d5345c_45%,#7a3fb8)]",
    drawing:
      "M8 5h8a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3H8a3 3 0 0 1-3-3V8a3 3 0 0 1 3-3zm0 1.8A1.2 1.2 0 0 0 6.8 8v8c0 .7.5 1.2 1.2 1.2h8c.7 0 1.2-.5 1.2-1.2V8c0-.7-.5-1.2-1.2-1.2zm4 1.9a3.3 3.3 0 1 1 0 6.6 3.3 3.3 0 0 1 0-6.6zm0 1.7a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2z",
  },
  tiktok: {
    // Black on black would be lost.
    box: "bg-[#16181c] dark:bg-[#3b4047]",
    drawing:
      "M12.6 5h2.3a4 4 0 0 0 3.1 3.1v2.4a6 6 0 0 1-3-1v5a4.6 4.6 0 1 1-4.2-4.6v2.5a2.1 2.1 0 1 0 1.8 2z",
  },
  facebook: {
    box: "bg-[#2b66d9]",
    drawing:
      "M13.2 19v-6h2.1l.4-2.5h-2.5V8.9c0-.8.4-1.3 1.4-1.3h1.2V5.4A14 14 0 0 0 14 5.2c-2 0-3.3 1.2-3.3 3.3v2H8.5V13h2.2v6z",
  },
};

/** A platform at a glance; its name stands beside it. */
export function PlatformMark({ platform, className }: { platform: Platform; className?: string }) {
  const { box, drawing } = MARKS[platform];
  return (
    <span
      aria-hidden
      className={cn("grid shrink-0 place-items-center rounded-[30%] text-white", box, className ?? "size-9")}
    >
      <svg viewBox="0 0 24 24" className="size-[70%]" fill="currentColor" fillRule="evenodd">
        <path d={drawing} />
      </svg>
    </span>
  );
}

import type { Platform } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { cn } from "../../../lib/cn.ts";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import { isOver, measureText, type TextLimit } from "../rules/text-limits.ts";

const ALWAYS_SHOWN = ["bytes", "characters", "hashtags"];

/** How much of each chosen platform's limits the text uses, counted as the platform counts. */
export function TextCounters({ platforms, text }: { platforms: readonly Platform[]; text: string }) {
  return (
    <ul aria-label="Length of the text" className="flex flex-wrap gap-x-5 gap-y-0.5">
      {platforms.map((platform) => (
        <li key={platform} className="flex flex-wrap gap-x-2">
          {PLATFORM_NAMES[platform]}
          {measureText(platform, text)
            .filter((limit) => ALWAYS_SHOWN.includes(limit.unit) || isOver(limit))
            .map((limit) => <Counter key={limit.unit} limit={limit} />)}
        </li>
      ))}
    </ul>
  );
}

function Counter({ limit }: { limit: TextLimit }) {
  const isTooMuch = isOver(limit);
  return (
    <span className={cn("tabular", isTooMuch && "font-[600] text-danger")}>
      {limit.used.toLocaleString("en")} / {limit.max.toLocaleString("en")} {limit.unit}
      {isTooMuch && <span className="sr-only">, too many</span>}
    </span>
  );
}

import { Check, Play } from "lucide-react";

const STOPS = [
  { asin: "B0CLPR2026", place: "Amazon US", note: "your product" },
  { asin: "B0D4K7M2QX", place: "Amazon US", note: "inherited" },
  { asin: "B0D4K7M2QX", place: "Amazon UK", note: "inherited" },
  { asin: "B09V3TW8ZL", place: "Amazon DE", note: "inherited" },
];

/** What happens to a clip here, in one picture: recorded once, handed on to every task. */
export function RelayPicture() {
  return (
    <div className="absolute inset-0 flex flex-col justify-center gap-10 px-12 text-[#eef5e4] xl:px-20">
      <div
        aria-hidden
        className="absolute -top-40 -right-32 size-[34rem] rounded-full bg-[radial-gradient(closest-side,#c9ee4f2e,transparent)]"
      />
      <p className="relative max-w-md text-[1.75rem] leading-9 font-[620] tracking-[-0.02em] text-balance">
        Film it once. It arrives everywhere it earns.
      </p>
      <div aria-hidden className="relative grid max-w-lg grid-cols-[auto_2.5rem_minmax(0,1fr)] items-center">
        <div className="w-40 rounded-xl bg-white/8 p-2 ring-1 ring-white/12">
          <div className="relative grid aspect-[4/5] place-items-center rounded-lg bg-[linear-gradient(160deg,#e9dcc3,#c98b52_55%,#5b3a26)]">
            <span className="grid size-10 place-items-center rounded-full bg-[#c9ee4f] text-[#123c2b]">
              <Play className="ml-0.5 size-4 fill-current" />
            </span>
            <span className="tabular absolute right-1.5 bottom-1.5 rounded bg-black/60 px-1 text-2xs">
              2:41
            </span>
          </div>
          <p className="mt-2 truncate px-0.5 text-xs">walkthrough.mp4</p>
          <p className="px-0.5 text-2xs text-[#b9c9b6]">in your OneDrive</p>
        </div>
        <svg viewBox="0 0 40 200" preserveAspectRatio="none" className="h-full w-full" fill="none">
          {[25, 75, 125, 175].map((y) => (
            <path key={y} d={`M0 100C22 100 16 ${y} 40 ${y}`} stroke="#c9ee4f" strokeOpacity=".6" />
          ))}
        </svg>
        <ul className="grid gap-2">
          {STOPS.map((stop) => (
            <li
              key={stop.asin + stop.place}
              className="flex items-center gap-3 rounded-lg bg-white/8 px-3 py-2 ring-1 ring-white/12"
            >
              <span className="grid size-5 shrink-0 place-items-center rounded-full bg-[#c9ee4f] text-[#123c2b]">
                <Check className="size-3" strokeWidth={3} />
              </span>
              <span className="min-w-0">
                <span className="code block text-xs">{stop.asin}</span>
                <span className="block truncate text-2xs text-[#b9c9b6]">{stop.place}, {stop.note}</span>
              </span>
            </li>
          ))}
        </ul>
      </div>
      <p className="relative max-w-md text-[#b9c9b6]">
        Large videos go straight from your disk into your own OneDrive, and on to the Amazon tasks of your
        product and of every ASIN it is related to.
      </p>
    </div>
  );
}

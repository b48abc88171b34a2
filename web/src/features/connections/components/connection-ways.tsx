import { Check } from "lucide-react";
import type { ConnectionWay } from "../connection-ways.ts";
import { ConnectAccountButton } from "./connect-account-button.tsx";

/** The ways to connect a platform, side by side. */
export function ConnectionWays({ ways }: { ways: readonly ConnectionWay[] }) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {ways.map((way) => (
        <section
          key={way.title}
          aria-label={way.title}
          className="flex flex-col rounded-xl bg-paper p-4 ring-1 ring-line ring-inset"
        >
          <h4 className="font-[600]">{way.title}</h4>
          <p className="mt-0.5 text-ink-soft">{way.text}</p>
          <ul className="mt-3 mb-4 grid grow content-start gap-1 text-ink-soft">
            {way.points.map((point) => (
              <li key={point} className="flex items-start gap-2">
                <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-success" /> {point}
              </li>
            ))}
          </ul>
          <ConnectAccountButton way={way}>{way.action}</ConnectAccountButton>
        </section>
      ))}
    </div>
  );
}

import type { OnedriveStatus } from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";
import { Progress } from "../../../components/ui/progress.tsx";
import { formatBytes } from "../../../lib/format-bytes.ts";

type Quota = NonNullable<NonNullable<OnedriveStatus["connection"]>["quota"]>;

const ADVICE = {
  normal: null,
  nearing: "The drive is filling up.",
  critical: "The drive is nearly full. Make room before the next large video.",
  exceeded: "The drive is full. Delete files or buy space before uploading.",
};

/** How full the drive is, as far as OneDrive tells. */
export function QuotaBar({ quota }: { quota: Quota }) {
  const { total, used, remaining, state } = quota;
  if (total === null || used === null) {
    return <p className="text-ink-soft">OneDrive does not tell how much space is left.</p>;
  }
  const tone = state === "exceeded" || state === "critical"
    ? "danger"
    : state === "nearing"
    ? "warning"
    : "normal";
  const advice = ADVICE[state ?? "normal"];
  return (
    <div>
      <Progress
        label="Space used in OneDrive"
        value={total === 0 ? null : used / total}
        tone={tone}
        className="h-2"
      />
      <p className="tabular mt-1.5 flex flex-wrap justify-between gap-x-4 text-xs text-ink-soft">
        <span>{formatBytes(used)} of {formatBytes(total)} used</span>
        {remaining !== null && <span>{formatBytes(remaining)} free</span>}
      </p>
      {advice && (
        <p className={`mt-1 text-xs ${tone === "danger" ? "text-danger" : "text-warning"}`}>{advice}</p>
      )}
    </div>
  );
}

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleX, LoaderCircle, TriangleAlert } from "lucide-react";
import type { Platform } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { Button } from "../../../components/ui/button.tsx";
import { cn } from "../../../lib/cn.ts";
import { formatCheckOptions } from "../api/check-format.ts";
import { describeFormat } from "../rules/describe-format.ts";

const LOOKS = {
  success: { Icon: CircleCheck, color: "text-success" },
  warning: { Icon: TriangleAlert, color: "text-warning" },
  danger: { Icon: CircleX, color: "text-danger" },
} as const;

interface FormatCheckProps {
  videoId: string;
  platform: Platform;
  /** All that are asked about in one call. */
  platforms: readonly Platform[];
}

/** Whether the platform takes the file of the video. Typing goes on while it is looked at. */
export function FormatCheck({ videoId, platform, platforms }: FormatCheckProps) {
  const { data, error, isFetching, refetch } = useQuery(formatCheckOptions(videoId, platforms));
  const found = data ? describeFormat(data, platform) : null;
  return (
    <div role="status" className="flex items-start gap-2 text-xs text-ink-soft sm:col-span-2">
      {isFetching && !data && (
        <>
          <LoaderCircle aria-hidden className="mt-px size-4 shrink-0 animate-spin" /> Looking at the file…
        </>
      )}
      {error && !data && !isFetching && (
        <>
          <TriangleAlert aria-hidden className="mt-px size-4 shrink-0 text-ink-faint" />
          <p>
            The file could not be checked: {error.message} You can post all the same.{" "}
            <Button look="link" size="inline" onClick={() => refetch()}>Check again</Button>
          </p>
        </>
      )}
      {found && <Found {...found} />}
    </div>
  );
}

function Found({ tone, sentence, reasons }: NonNullable<ReturnType<typeof describeFormat>>) {
  const { Icon, color } = LOOKS[tone];
  return (
    <>
      <Icon aria-hidden className={cn("mt-px size-4 shrink-0", color)} />
      <div>
        <p className={cn(tone === "danger" && "font-[550] text-danger")}>{sentence}</p>
        {reasons.length > 0 && (
          <ul className="mt-0.5 list-disc pl-4 marker:text-ink-faint">
            {reasons.map((reason) => <li key={reason}>{reason}</li>)}
          </ul>
        )}
      </div>
    </>
  );
}

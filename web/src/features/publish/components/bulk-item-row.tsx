import { Link } from "@tanstack/react-router";
import { ExternalLink } from "lucide-react";
import type { Bulk } from "../../../../../supabase/functions/_shared/contracts/publish-bulk.ts";
import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { PlatformMark } from "../../../components/platform-mark.tsx";
import { Badge } from "../../../components/ui/badge.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { VideoPoster } from "../../../components/video-poster.tsx";
import { formatTime } from "../../../lib/format-time.ts";
import { nameAccount } from "../../../lib/name-account.ts";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import { byPlatform } from "../rules/by-platform.ts";

type Item = Bulk["items"][number];
type Target = Item["targets"][number];

interface BulkItemRowProps {
  item: Item;
  accounts: readonly PublishConnection[];
  timeZone: string;
  isBusy: boolean;
  onRetry: (allowsDuplicate: boolean) => void;
}

/** A video of a bulk with its posts, or the reason why it has none. */
export function BulkItemRow({ item, accounts, timeZone, isBusy, onRetry }: BulkItemRowProps) {
  const name = item.filename ?? "A deleted video";
  const isDuplicate = item.error?.code === "duplicate_post";
  const targets = item.targets.toSorted(byPlatform);
  return (
    <li className="flex items-start gap-3.5 border-b px-4 py-3 last:border-0">
      <VideoPoster
        path={item.poster_path}
        videoId={item.video_id ?? undefined}
        className="w-16 shrink-0 rounded-md max-sm:hidden"
      />
      <div className="grid min-w-0 grow gap-1.5">
        <h3 className="min-w-0 truncate text-sm">
          {item.published_video_id
            ? (
              <Link
                to="/posts/$postId"
                params={{ postId: item.published_video_id }}
                className="rounded hover:underline"
              >
                {name}
              </Link>
            )
            : name}
        </h3>
        {item.status === "waiting" && <p className="text-xs text-ink-faint">Its turn comes in a moment.</p>}
        {item.status === "canceled" && (
          <p className="text-xs text-ink-faint">Stopped before it was planned.</p>
        )}
        {item.error && (
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-danger">
            <p>{item.error.message}</p>
            <Button look="link" size="inline" disabled={isBusy} onClick={() => onRetry(isDuplicate)}>
              {isDuplicate ? "Post it all the same" : "Try again"}
              <span className="sr-only">{" "}{name}</span>
            </Button>
          </div>
        )}
        {targets.length > 0 && (
          <ul className="flex flex-wrap gap-x-4 gap-y-1.5">
            {targets.map((target) => (
              <TargetLine
                key={target.id}
                target={target}
                account={accounts.find(({ id }) => id === target.connection_id)}
                timeZone={timeZone}
              />
            ))}
          </ul>
        )}
        {targets.map(({ id, platform, outcome, error }) =>
          error && outcome !== "canceled" && (
            <p key={id} className="text-xs break-words text-danger">
              <span className="sr-only">{PLATFORM_NAMES[platform]}:</span> {error.message}
            </p>
          )
        )}
        {item.note === "day_is_full" && (
          <p className="text-xs text-ink-faint">A day was full: moved to the next one with room.</p>
        )}
      </div>
    </li>
  );
}

interface TargetLineProps {
  target: Target;
  account: PublishConnection | undefined;
  timeZone: string;
}

function TargetLine({ target, account, timeZone }: TargetLineProps) {
  const place = PLATFORM_NAMES[target.platform];
  const at = new Date(target.scheduled_for);
  const isLater = target.status === "scheduled" && at > new Date();
  const words: Record<Target["outcome"], { label: string; tone: "success" | "danger" | "neutral" | "info" }> =
    {
      published: { label: "Published", tone: "success" },
      failed: { label: "Failed", tone: "danger" },
      needs_user: { label: "Needs you", tone: "danger" },
      canceled: { label: "Stopped", tone: "neutral" },
      waiting: { label: isLater ? formatTime(at, timeZone) : "On its way", tone: "info" },
    };
  const { label, tone } = words[target.outcome];
  return (
    <li className="flex flex-wrap items-center gap-1.5 text-xs">
      <PlatformMark platform={target.platform} className="size-4" />
      <span className="sr-only">{account ? `${nameAccount(account)} on ${place}` : place}:</span>
      <Badge tone={tone}>{label}</Badge>
      {target.platform_url && (
        <a
          href={target.platform_url}
          target="_blank"
          rel="noreferrer"
          className="flex items-center gap-0.5 text-link hover:underline"
        >
          Open<span className="sr-only">{" "}on {place}</span> <ExternalLink aria-hidden className="size-3" />
        </a>
      )}
    </li>
  );
}

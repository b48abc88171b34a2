import type { CreatorInfo } from "../../../../../../supabase/functions/_shared/contracts/creator-info.ts";
import type { PublishConnection } from "../../../../../../supabase/functions/_shared/contracts/publish.ts";
import { AccountPicture } from "../../../../components/account-picture.tsx";
import { Skeleton } from "../../../../components/ui/skeleton.tsx";
import { Notice } from "../../../../components/ui/notice.tsx";
import { formatLength } from "../../rules/format-length.ts";

interface TiktokAccountProps {
  account: PublishConnection;
  /** Absent until TikTok has answered. */
  creator: CreatorInfo | undefined;
  error: Error | null;
  durationSeconds: number | null;
}

/** Whom the video is posted as, in TikTok's own words of this moment. */
export function TiktokAccount({ account, creator, error, durationSeconds }: TiktokAccountProps) {
  if (!creator && !error) {
    return (
      <li aria-busy="true">
        <Skeleton className="h-11 rounded-xl" />
        <span className="sr-only">Asking TikTok what this account offers</span>
      </li>
    );
  }
  const name = creator?.nickname ?? account.account_name ?? "Your account";
  const most = creator?.max_duration_seconds ?? null;
  const username = creator?.username ?? account.account_handle;
  const picture = { ...account, account_picture_url: creator?.avatar_url ?? account.account_picture_url };
  return (
    <li className="grid gap-2.5">
      <div className="flex items-center gap-3.5">
        <AccountPicture account={picture} />
        <p className="grid min-w-0 leading-5">
          <span className="truncate">
            Posting as <strong className="font-[600]">{name}</strong>
          </span>
          <span className="truncate text-xs text-ink-faint">
            {username && `@${username.replace(/^@/, "")}`}
            {username && most !== null && " · "}
            {most !== null && `videos up to ${formatLength(most)}`}
          </span>
        </p>
      </div>
      {most !== null && durationSeconds !== null && durationSeconds > most && (
        <Notice tone="danger" isUrgent title="Too long for this account">
          {`The video lasts ${formatLength(durationSeconds)}; TikTok takes ${
            formatLength(most)
          } of this account. ` +
            "Shorten it, or leave the account out."}
        </Notice>
      )}
      {creator?.obstacle && <Notice tone="warning">{creator.obstacle.message}</Notice>}
      {error && (
        <Notice tone="warning">
          {`${error.message} What the account offers is looked at again before the video is posted.`}
        </Notice>
      )}
    </li>
  );
}

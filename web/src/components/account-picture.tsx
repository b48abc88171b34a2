import type { PublishConnection } from "../../../supabase/functions/_shared/contracts/publish.ts";
import { nameAccount } from "../lib/name-account.ts";
import { ImageWithFallback } from "./image-with-fallback.tsx";
import { PlatformMark } from "./platform-mark.tsx";

type Account = Pick<
  PublishConnection,
  "platform" | "account_name" | "account_handle" | "account_picture_url"
>;

/** The face of an account with its platform in the corner; decoration beside the account's name. */
export function AccountPicture({ account }: { account: Account }) {
  return (
    <span aria-hidden className="relative block size-11 shrink-0">
      <span className="grid size-full place-items-center overflow-hidden rounded-full bg-spark-soft font-[620] text-ink ring-1 ring-line ring-inset">
        <ImageWithFallback
          url={account.account_picture_url}
          referrerPolicy="no-referrer"
          className="size-full object-cover"
          fallback={[...nameAccount(account)][0]?.toUpperCase()}
        />
      </span>
      <PlatformMark
        platform={account.platform}
        className="absolute -right-1 -bottom-1 size-5 ring-2 ring-surface"
      />
    </span>
  );
}

import { useState } from "react";
import type { PublishConnection } from "../../../supabase/functions/_shared/contracts/publish.ts";
import { nameAccount } from "../lib/name-account.ts";
import { PlatformMark } from "./platform-mark.tsx";

type Account = Pick<
  PublishConnection,
  "platform" | "account_name" | "account_handle" | "account_picture_url"
>;

/** The face of an account with its platform in the corner; decoration beside the account's name. */
export function AccountPicture({ account }: { account: Account }) {
  const [isBroken, setBroken] = useState(false);
  const url = account.account_picture_url;
  return (
    <span aria-hidden className="relative block size-11 shrink-0">
      <span className="grid size-full place-items-center overflow-hidden rounded-full bg-spark-soft font-[620] text-ink ring-1 ring-line ring-inset">
        {url && !isBroken
          ? (
            <img
              src={url}
              alt=""
              loading="lazy"
              referrerPolicy="no-referrer"
              onError={() => setBroken(true)}
              className="size-full object-cover"
            />
          )
          : [...nameAccount(account)][0]?.toUpperCase()}
      </span>
      <PlatformMark
        platform={account.platform}
        className="absolute -right-1 -bottom-1 size-5 ring-2 ring-surface"
      />
    </span>
  );
}

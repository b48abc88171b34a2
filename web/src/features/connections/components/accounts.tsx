import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Skeleton } from "../../../components/ui/skeleton.tsx";
import { connectionsOptions } from "../api/list-connections.ts";
import { FACEBOOK_WAY, INSTAGRAM_WAYS, TIKTOK_WAYS, YOUTUBE_WAY } from "../connection-ways.ts";
import { AccountsIntroduction } from "./accounts-introduction.tsx";
import { ConnectAccountButton } from "./connect-account-button.tsx";
import { ConnectionWays } from "./connection-ways.tsx";
import { FailureNotice } from "./failure-notice.tsx";
import { PersonalAccountGuide } from "./personal-account-guide.tsx";
import { PlatformCard } from "./platform-card.tsx";

/** Every platform, the accounts on it, and how to connect more. */
export function Accounts() {
  const { data } = useQuery({ ...connectionsOptions, throwOnError: (_e, query) => !query.state.data });
  if (!data) {
    return (
      <div className="grid gap-5">
        <Skeleton className="h-20 rounded-xl" />
        <Skeleton className="h-72 rounded-xl" />
      </div>
    );
  }
  // A disconnected account is kept for the names of its posts; connecting it again brings it back.
  const connected = data.filter(({ status }) => status !== "disconnected");
  const youtube = connected.filter(({ platform }) => platform === "youtube");
  const instagram = connected.filter(({ platform }) => platform === "instagram");
  const facebook = connected.filter(({ platform }) => platform === "facebook");
  const tiktok = connected.filter(({ platform }) => platform === "tiktok");
  return (
    <div className="grid gap-5">
      <FailureNotice />
      {connected.length === 0 && <AccountsIntroduction />}
      <PlatformCard
        platform="youtube"
        description="Videos and Shorts on your channel."
        connections={youtube}
        action={
          <ConnectAccountButton
            way={YOUTUBE_WAY}
            className="max-sm:w-full"
            look={youtube.length === 0 ? "primary" : "secondary"}
          >
            {youtube.length === 0 ? YOUTUBE_WAY.action : "Connect another channel"}
          </ConnectAccountButton>
        }
      />
      <PlatformCard
        platform="instagram"
        description="Reels on your Business or Creator account."
        connections={instagram}
      >
        {instagram.length === 0
          ? <ConnectionWays ways={INSTAGRAM_WAYS} />
          : (
            <Disclosure summary="Connect another account">
              <ConnectionWays ways={INSTAGRAM_WAYS} />
            </Disclosure>
          )}
        <Disclosure summary="Is yours a personal account?">
          <p className="mb-2 text-ink-soft">
            Instagram lets apps post to professional accounts only. Switching takes a minute, and your posts
            and followers stay.
          </p>
          <PersonalAccountGuide />
        </Disclosure>
      </PlatformCard>
      <PlatformCard
        platform="facebook"
        description="Reels on your Pages."
        connections={facebook}
        action={
          <ConnectAccountButton
            way={FACEBOOK_WAY}
            className="max-sm:w-full"
            look={facebook.length === 0 ? "primary" : "secondary"}
          >
            {facebook.length === 0 ? FACEBOOK_WAY.action : "Connect another Page"}
          </ConnectAccountButton>
        }
      />
      <PlatformCard platform="tiktok" description="Videos on your profile." connections={tiktok}>
        {tiktok.length === 0
          ? <ConnectionWays ways={TIKTOK_WAYS} />
          : (
            <Disclosure summary="Connect another account">
              <ConnectionWays ways={TIKTOK_WAYS} />
            </Disclosure>
          )}
      </PlatformCard>
    </div>
  );
}

function Disclosure({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <details className="group">
      <summary className="flex w-fit list-none items-center gap-1.5 rounded font-[550] text-ink-soft max-sm:-my-2 max-sm:min-h-11 hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
        {summary}
      </summary>
      <div className="pt-3 sm:pl-5.5">{children}</div>
    </details>
  );
}

import { Link } from "@tanstack/react-router";
import { PlatformMark } from "../../../components/platform-mark.tsx";
import { Button } from "../../../components/ui/button.tsx";

const PLATFORMS = ["youtube", "instagram", "facebook", "tiktok"] as const;

/** Before the first account is connected: what publishing needs, and the way there. */
export function NoAccounts() {
  return (
    <div className="grid justify-items-center py-6 text-center">
      <span className="mb-4 flex gap-2.5">
        {PLATFORMS.map((platform) => <PlatformMark key={platform} platform={platform} className="size-11" />)}
      </span>
      <h3 className="text-base">Connect where your videos should go</h3>
      <p className="mt-1 max-w-sm text-ink-soft">
        YouTube, Instagram, Facebook or TikTok, one of them or all. It takes a minute and is done once; from
        then on a video goes out from here.
      </p>
      <Button asChild look="primary" className="mt-5">
        <Link to="/settings/accounts">Connect an account</Link>
      </Button>
    </div>
  );
}

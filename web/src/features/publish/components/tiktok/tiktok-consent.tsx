import type { ReactNode } from "react";
import { isPaid, type TiktokChoice } from "../../rules/tiktok-choice.ts";

const MUSIC_URL = "https://www.tiktok.com/legal/page/global/music-usage-confirmation/en";
const BRANDED_URL = "https://www.tiktok.com/legal/page/global/bc-policy/en";

/** What somebody agrees to by posting, and when the video shows. */
export function TiktokConsent({ choice }: { choice: TiktokChoice }) {
  return (
    <p className="text-xs text-ink-soft">
      By posting, you agree to TikTok's {isPaid(choice) && (
        <>
          <Terms href={BRANDED_URL}>Branded Content Policy</Terms> and{" "}
        </>
      )}
      <Terms href={MUSIC_URL}>Music Usage Confirmation</Terms>. Once it is posted, it can take a few minutes
      until TikTok shows the video on your profile.
    </p>
  );
}

function Terms({ href, children }: { href: string; children: ReactNode }) {
  return <a href={href} target="_blank" rel="noreferrer" className="text-link underline">{children}</a>;
}

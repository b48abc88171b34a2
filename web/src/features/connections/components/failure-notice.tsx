import { useEffect, useState } from "react";
import { Button } from "../../../components/ui/button.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { type ConnectionNews, onConnection } from "../../../lib/connection-channel.ts";
import { namePlatform } from "../../../lib/platform-names.ts";
import { FailureGuide } from "./failure-guide.tsx";

/** Why the last sign-in connected nothing: it stays after the small window has closed, until the next one. */
export function FailureNotice() {
  const [news, setNews] = useState<ConnectionNews | null>(null);
  useEffect(() => onConnection(setNews), []);
  if (!news || news.failure === null || news.provider === "onedrive") return null;
  return (
    <Notice
      tone="warning"
      title={`${namePlatform(news.provider)} was not connected`}
      isUrgent
      action={<Button size="sm" look="quiet" onClick={() => setNews(null)}>Got it</Button>}
    >
      <div className="grid gap-1.5">
        <p>{news.failure}</p>
        <FailureGuide code={news.code} provider={news.provider} />
      </div>
    </Notice>
  );
}

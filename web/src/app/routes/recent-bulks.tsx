import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../components/ui/button.tsx";
import { Section } from "../../components/ui/card.tsx";
import { profileOptions } from "../../features/profile/api/get-profile.ts";
import { bulkListOptions } from "../../features/publish/api/list-bulks.ts";
import { BulkList } from "../../features/publish/components/bulk-list.tsx";

const SHOWN = 3;
const RECENT_MS = 14 * 86_400_000;

/** What was published together lately or is under way, above all posts. */
export function RecentBulks() {
  const { data: bulks } = useQuery(bulkListOptions);
  const { data: profile } = useQuery(profileOptions);
  const [isWhole, setWhole] = useState(false);
  if (!bulks || !profile || bulks.length === 0) return null;
  const recent = bulks.filter(({ status, created_at }) =>
    status === "making" || status === "running" || Date.now() - Date.parse(created_at) < RECENT_MS
  ).slice(0, SHOWN);
  const shown = isWhole ? bulks : recent;
  return (
    <div className="mb-8">
      <Section
        title="Published together"
        actions={recent.length < bulks.length && (
          <Button
            look="link"
            size="inline"
            onClick={() => setWhole(!isWhole)}
          >
            {isWhole ? "Show fewer" : "Show all"}
          </Button>
        )}
      >
        {shown.length > 0 && <BulkList bulks={shown} timeZone={profile.time_zone} />}
      </Section>
    </div>
  );
}

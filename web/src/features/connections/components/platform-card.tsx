import type { ReactNode } from "react";
import type {
  Platform,
  PublishConnection,
} from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { PlatformMark } from "../../../components/platform-mark.tsx";
import { Card } from "../../../components/ui/card.tsx";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import { AccountRow } from "./account-row.tsx";

interface PlatformCardProps {
  platform: Platform;
  /** What is posted there. */
  description: string;
  connections: readonly PublishConnection[];
  action?: ReactNode;
  children?: ReactNode;
}

/** A platform with the accounts connected on it. */
export function PlatformCard(props: PlatformCardProps) {
  const { platform, description, connections, action, children } = props;
  const name = PLATFORM_NAMES[platform];
  return (
    <section aria-label={name}>
      <Card>
        <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3 px-5 py-4">
          <div className="flex min-w-0 items-center gap-3.5">
            <PlatformMark platform={platform} className="size-11" />
            <div>
              <h3 className="text-base">{name}</h3>
              <p className="text-ink-soft">{description}</p>
            </div>
          </div>
          {action}
        </header>
        {connections.length > 0 && (
          <ul aria-label={`${name} accounts`} className="divide-y border-t">
            {connections.map((connection) => <AccountRow key={connection.id} connection={connection} />)}
          </ul>
        )}
        {children && <div className="grid gap-4 border-t px-5 py-5">{children}</div>}
      </Card>
    </section>
  );
}

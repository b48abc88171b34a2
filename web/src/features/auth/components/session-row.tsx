import { Monitor, Smartphone } from "lucide-react";
import { Badge } from "../../../components/ui/badge.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { formatWhen } from "../../../lib/format-date.ts";
import type { AccountSession } from "../api/list-sessions.ts";
import { describeDevice } from "../describe-device.ts";

interface SessionRowProps {
  session: AccountSession;
  isBusy: boolean;
  onEnd: () => void;
}

/** One device: what it is, when it was seen, and signing it out. */
export function SessionRow({ session, isBusy, onEnd }: SessionRowProps) {
  const { name, isPhone } = describeDevice(session.user_agent);
  const Icon = isPhone ? Smartphone : Monitor;
  const seen = formatWhen(session.last_seen_at);
  return (
    <li className="flex items-center gap-3.5 px-5 py-3.5">
      <span className="grid size-10 shrink-0 place-items-center rounded-xl bg-sunken text-ink-soft">
        <Icon aria-hidden className="size-4.5" />
      </span>
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5 font-[550]">
          {name} {session.is_current && <Badge tone="success">This device</Badge>}
        </p>
        <p className="flex flex-wrap gap-x-3 text-xs text-ink-soft">
          <span>{session.is_current ? "Active now" : `Last seen ${seen}`}</span>
          <span className="text-ink-faint">
            Signed in <time dateTime={session.created_at}>{formatWhen(session.created_at)}</time>
            {session.ip && ` from ${session.ip}`}
          </span>
        </p>
      </div>
      {!session.is_current && (
        <Button size="sm" isBusy={isBusy} onClick={onEnd} aria-label={`Sign out ${name}, last seen ${seen}`}>
          Sign out
        </Button>
      )}
    </li>
  );
}

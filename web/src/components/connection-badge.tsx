import { CircleAlert, CircleCheck, CircleDashed, Clock } from "lucide-react";
import type { Connection } from "../../../supabase/functions/_shared/contracts/connections.ts";
import { Badge } from "./ui/badge.tsx";

const LOOKS = {
  connected: { tone: "success", Icon: CircleCheck, words: "Connected" },
  expiring: { tone: "warning", Icon: Clock, words: "Ends soon" },
  expired: { tone: "danger", Icon: CircleAlert, words: "Expired" },
  error: { tone: "danger", Icon: CircleAlert, words: "Not working" },
  disconnected: { tone: "neutral", Icon: CircleDashed, words: "Not connected" },
} as const;

/** The state of an account in colour, symbol and words. */
export function ConnectionBadge({ status }: { status: Connection["status"] }) {
  const { tone, Icon, words } = LOOKS[status];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden /> {words}
    </Badge>
  );
}

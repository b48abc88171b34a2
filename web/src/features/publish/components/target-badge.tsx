import {
  Ban,
  CalendarClock,
  CircleAlert,
  CircleCheck,
  CircleHelp,
  Clock,
  LoaderCircle,
  PencilLine,
} from "lucide-react";
import type { TargetStatus } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { Badge } from "../../../components/ui/badge.tsx";
import type { TargetDescription } from "../rules/describe-target.ts";
import type { PostTarget } from "../rules/post-target.ts";

const ICONS: Partial<Record<TargetStatus, typeof Clock>> = {
  draft: PencilLine,
  scheduled: CalendarClock,
  ready: Clock,
  published: CircleCheck,
  retry_wait: Clock,
  quota_wait: Clock,
  needs_reauth: CircleAlert,
  needs_conversion: CircleAlert,
  unknown: CircleHelp,
  failed: CircleAlert,
  canceled: Ban,
};

/** The state of a target in colour, symbol and words; what has no symbol of its own is moving. */
export function TargetBadge(
  { target, description }: { target: PostTarget; description: TargetDescription },
) {
  const { status, scheduled_for } = target;
  const isStarting = status === "scheduled" && Date.parse(scheduled_for) <= Date.now();
  const Icon = isStarting ? undefined : ICONS[status];
  return (
    <Badge tone={description.tone}>
      {Icon ? <Icon aria-hidden /> : <LoaderCircle aria-hidden className="animate-spin" />}{" "}
      {description.label}
    </Badge>
  );
}

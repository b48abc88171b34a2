import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { count } from "../../../lib/count.ts";
import { formatTime } from "../../../lib/format-time.ts";
import { attemptsOptions } from "../api/list-attempts.ts";
import { describeAttempt } from "../rules/describe-attempt.ts";

interface TargetAttemptsProps {
  targetId: string;
  attempts: number;
  timeZone: string;
}

/** What was tried and did not go straight on, for whoever wants to know. Read when it is opened. */
export function TargetAttempts({ targetId, attempts, timeZone }: TargetAttemptsProps) {
  const [isOpen, setOpen] = useState(false);
  const { data, error } = useQuery({ ...attemptsOptions(targetId), enabled: isOpen });
  return (
    <details
      className="group/attempts mt-1.5 text-xs"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="flex w-fit list-none items-center gap-1 rounded text-ink-faint max-sm:-my-1.5 max-sm:min-h-11 hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-3.5 transition-transform group-open/attempts:rotate-90"
        />
        {count(attempts, "setback")}
      </summary>
      <ol className="mt-1 grid gap-1 border-l pl-3 text-ink-soft">
        {error && <li>{error.message}</li>}
        {data?.map((attempt) => (
          <li key={attempt.id}>
            <span className="text-ink-faint">{formatTime(new Date(attempt.created_at), timeZone)}</span>
            {" · "}
            {describeAttempt(attempt)}
            {attempt.provider_reference && (
              <span className="code ml-1 break-all text-ink-faint">{attempt.provider_reference}</span>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}

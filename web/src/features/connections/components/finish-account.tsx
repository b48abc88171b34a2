import { LoaderCircle } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "../../../components/ui/button.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { ApiFailure } from "../../../lib/api-failure.ts";
import { announceConnection } from "../../../lib/connection-channel.ts";
import { useFinishAccount } from "../api/finish-account.ts";
import { FAILURE_STEPS } from "../failure-steps.ts";
import { FailureGuide } from "./failure-guide.tsx";

const TITLES: Record<string, string> = {
  instagram_not_professional: "This is a personal Instagram account",
  no_channel: "This Google account has no channel",
  no_page: "No Facebook Page was found",
  no_page_task: "You may not post to this Page",
  scopes_declined: "A permission is missing",
};

interface FinishAccountProps {
  /** The platform, as the address of the finish page names it. */
  provider: string;
  code: string;
  state: string;
  onDone: () => void;
  onGiveUp: () => void;
}

/** The last step after a platform's consent page: sends its answer on. */
export function FinishAccount({ provider, code, state, onDone, onGiveUp }: FinishAccountProps) {
  const finish = useFinishAccount();
  const hasStarted = useRef(false);
  const failure = finish.error instanceof ApiFailure ? finish.error.code : null;

  useEffect(() => {
    // The code works once; effects run twice in development.
    if (hasStarted.current) return;
    hasStarted.current = true;
    finish.mutate({ provider, code, state }, {
      onSuccess: onDone,
      onError: (error) =>
        announceConnection(provider, error.message, error instanceof ApiFailure ? error.code : null),
    });
  }, []);

  if (finish.error) {
    return (
      <div className="grid gap-4">
        <Notice
          tone={failure !== null && failure in FAILURE_STEPS ? "warning" : "danger"}
          title={TITLES[failure ?? ""] ?? "The account was not connected"}
          isUrgent
          action={<Button size="sm" onClick={onGiveUp}>Back to the accounts</Button>}
        >
          {finish.error.message}
        </Notice>
        <FailureGuide code={failure} provider={provider} />
      </div>
    );
  }
  return (
    <p role="status" className="flex items-center justify-center gap-2.5 text-ink-soft">
      <LoaderCircle aria-hidden className="size-4 animate-spin" />
      {finish.isSuccess ? "Connected. One moment…" : "Connecting your account…"}
    </p>
  );
}

import { useEffect, useRef } from "react";
import { LoaderCircle } from "lucide-react";
import { Button } from "../../../components/ui/button.tsx";
import { ConfirmDialog } from "../../../components/ui/confirm-dialog.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { ApiFailure } from "../../../lib/api-failure.ts";
import { useFinishConnection } from "../api/finish-connection.ts";

interface FinishConnectionProps {
  code: string;
  state: string;
  onDone: () => void;
  onGiveUp: () => void;
}

/** The last step after the consent page: sends its answer on, and asks when it is another account than before. */
export function FinishConnection({ code, state, onDone, onGiveUp }: FinishConnectionProps) {
  const finish = useFinishConnection();
  const hasStarted = useRef(false);
  const asksToSwitch = finish.error instanceof ApiFailure && finish.error.code === "account_switch";
  const account = asksToSwitch ? nameAccount(finish.error) : null;

  useEffect(() => {
    // The code works once; effects run twice in development.
    if (hasStarted.current) return;
    hasStarted.current = true;
    finish.mutate({ code, state }, { onSuccess: onDone });
  }, []);

  if (finish.error && !asksToSwitch) {
    return (
      <Notice
        tone="danger"
        title="OneDrive was not connected"
        isUrgent
        action={<Button size="sm" onClick={onGiveUp}>Back to the settings</Button>}
      >
        {finish.error.message}
      </Notice>
    );
  }
  return (
    <>
      <p role="status" className="flex items-center justify-center gap-2.5 text-ink-soft">
        <LoaderCircle aria-hidden className="size-4 animate-spin" />
        {finish.isSuccess ? "Connected. One moment…" : "Connecting your OneDrive…"}
      </p>
      <ConfirmDialog
        isOpen={asksToSwitch}
        onOpenChange={(isOpen) => !isOpen && onGiveUp()}
        title="Use another OneDrive account?"
        description={
          <p>
            {account ?? "This"}{" "}
            is not the account you used before. Videos stored in the old account stay there, but they cannot
            be played from here until you connect it again.
          </p>
        }
        confirmLabel="Use the new account"
        cancelLabel="Keep the old one"
        isBusy={finish.isPending}
        onConfirm={() => finish.mutate({ code, state, confirmSwitch: true }, { onSuccess: onDone })}
      />
    </>
  );
}

/** The new account in words, as far as the server names it. */
function nameAccount(error: unknown): string | null {
  const details = error instanceof ApiFailure
    ? error.details as Record<string, unknown> | undefined
    : undefined;
  const name = details?.account_email ?? details?.account_name;
  return typeof name === "string" ? name : null;
}

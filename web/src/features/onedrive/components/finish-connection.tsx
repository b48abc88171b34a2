import { useEffect, useRef } from "react";
import { LoaderCircle } from "lucide-react";
import { Button } from "../../../components/ui/button.tsx";
import { ConfirmDialog } from "../../../components/ui/confirm-dialog.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { ApiFailure } from "../../../lib/api-failure.ts";
import { announceConnection } from "../../../lib/connection-channel.ts";
import { useFinishConnection } from "../api/finish-connection.ts";

interface FinishConnectionProps {
  code: string;
  state: string;
  onDone: () => void;
  onGiveUp: () => void;
}

/** The last step after the consent page: sends its answer on, and asks when it is another account than before. */
export function FinishConnection(
  { code, state, onDone, onGiveUp }: FinishConnectionProps,
) {
  const finish = useFinishConnection();
  const hasStarted = useRef(false);
  const asksToSwitch = finish.error instanceof ApiFailure &&
    finish.error.code === "different_account";
  const accounts = asksToSwitch ? nameAccounts(finish.error) : null;

  useEffect(() => {
    // The code works once; effects run twice in development.
    if (hasStarted.current) return;
    hasStarted.current = true;
    finish.mutate({ code, state }, { onSuccess: onDone });
  }, []);

  useEffect(() => {
    if (finish.error && !asksToSwitch) {
      announceConnection("onedrive", finish.error.message);
    }
  }, [finish.error]);

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
      <p
        role="status"
        className="flex items-center justify-center gap-2.5 text-ink-soft"
      >
        <LoaderCircle aria-hidden className="size-4 animate-spin" />
        {finish.isSuccess ? "Connected. One moment…" : "Connecting your OneDrive…"}
      </p>
      <ConfirmDialog
        isOpen={asksToSwitch}
        onOpenChange={(isOpen) => !isOpen && onGiveUp()}
        title="Use another OneDrive account?"
        description={
          <>
            <p>
              You have signed in as <Account name={accounts?.next ?? "another account"} />. Until now it was
              {" "}
              <Account name={accounts?.current ?? "a different one"} />.
            </p>
            <p>
              Videos in the old account stay there, but they cannot be played or posted from here until you
              connect it again. Uploads on their way stop.
            </p>
          </>
        }
        confirmLabel="Use the new account"
        cancelLabel="Keep the old one"
        isBusy={finish.isPending}
        onConfirm={() =>
          finish.mutate({ code, state, confirmSwitch: true }, {
            onSuccess: onDone,
          })}
      />
    </>
  );
}

function Account({ name }: { name: string }) {
  return <strong className="font-[600] break-words text-ink">{name}</strong>;
}

/** Both accounts in words, as far as the server names them. */
function nameAccounts(error: unknown) {
  const details = (error instanceof ApiFailure ? error.details : null) as
    | Record<string, unknown>
    | null;
  const nameOf = (prefix: string) => {
    const name = details?.[`${prefix}account_email`] ??
      details?.[`${prefix}account_name`];
    return typeof name === "string" ? name : null;
  };
  return { next: nameOf(""), current: nameOf("current_") };
}

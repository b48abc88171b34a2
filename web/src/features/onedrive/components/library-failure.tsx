import { Button } from "../../../components/ui/button.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { ApiFailure } from "../../../lib/api-failure.ts";
import { ConnectButton } from "./connect-button.tsx";

interface LibraryFailureProps {
  error: Error;
  /** Absent where trying the same again is no help. */
  onRetry?: () => void;
}

/** Why OneDrive could not be read or a choice not be taken, with the one thing to do about it. */
export function LibraryFailure({ error, onRetry }: LibraryFailureProps) {
  const needsAccount = error instanceof ApiFailure && error.status === 424;
  const action = needsAccount
    ? <ConnectButton size="sm">Reconnect OneDrive</ConnectButton>
    : onRetry && <Button size="sm" onClick={onRetry}>Try again</Button>;
  return (
    <Notice tone={needsAccount ? "warning" : "danger"} isUrgent action={action}>
      {error.message}
    </Notice>
  );
}

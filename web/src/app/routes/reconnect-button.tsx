import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "../../components/ui/button.tsx";
import { connectionsOptions } from "../../features/connections/api/list-connections.ts";
import { ConnectAccountButton } from "../../features/connections/components/connect-account-button.tsx";
import { chooseWay } from "../../features/connections/connection-ways.ts";
import { ConnectButton } from "../../features/onedrive/components/connect-button.tsx";
import { nameAccount } from "../../lib/name-account.ts";

interface ReconnectButtonProps {
  connectionId: string | null;
  errorCode: string | null;
}

/** Connects again what a post waits for: its account, the same way as before, or OneDrive. */
export function ReconnectButton({ connectionId, errorCode }: ReconnectButtonProps) {
  const { data: accounts } = useQuery(connectionsOptions);
  if (errorCode === "onedrive_reauth_required") {
    return <ConnectButton size="sm">Reconnect OneDrive</ConnectButton>;
  }
  const account = accounts?.find(({ id }) => id === connectionId);
  if (!account) {
    return (
      <Button asChild size="sm" look="primary">
        <Link to="/settings/accounts">Open accounts</Link>
      </Button>
    );
  }
  return (
    <ConnectAccountButton way={chooseWay(account)} size="sm" look="primary">
      Reconnect<span className="sr-only">{" "}{nameAccount(account)}</span>
    </ConnectAccountButton>
  );
}

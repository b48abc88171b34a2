import { useState } from "react";
import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { AccountPicture } from "../../../components/account-picture.tsx";
import { ConnectionBadge } from "../../../components/connection-badge.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { nameAccount } from "../../../lib/name-account.ts";
import { chooseWay, nameWay } from "../connection-ways.ts";
import { describeAccess } from "../describe-access.ts";
import { ConnectAccountButton } from "./connect-account-button.tsx";
import { DisconnectAccountDialog } from "./disconnect-account-dialog.tsx";

interface AccountRowProps {
  connection: PublishConnection;
}

/** A connected account: whose it is, how it stands, and how to change that. */
export function AccountRow({ connection }: AccountRowProps) {
  const [isDisconnecting, setDisconnecting] = useState(false);
  const name = nameAccount(connection);
  const way = chooseWay(connection);
  const wayName = nameWay(connection);
  const wantsReconnect = connection.status !== "connected";
  return (
    <li className="flex items-center gap-x-4 gap-y-3 px-5 py-4 max-sm:flex-wrap">
      <div className="flex min-w-0 grow items-start gap-3.5">
        <AccountPicture account={connection} />
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-[600]">
            <span className="min-w-0 break-words">{name}</span> <ConnectionBadge status={connection.status} />
          </p>
          <p className="text-ink-soft">
            {connection.account_handle && connection.account_handle !== name && (
              <span className="break-all">@{connection.account_handle.replace(/^@/, "")} ·{" "}</span>
            )}
            {wayName && <>{wayName} ·{" "}</>}
            {describeAccess(connection)}
          </p>
        </div>
      </div>
      <div className="flex shrink-0 gap-1 max-sm:-mt-2 max-sm:w-full max-sm:pl-14.5">
        {wantsReconnect && (
          <ConnectAccountButton
            way={way}
            handle={connection.account_handle}
            look={connection.status === "expired" ? "primary" : "secondary"}
            aria-label={`Reconnect ${name}`}
          >
            Reconnect
          </ConnectAccountButton>
        )}
        {connection.status !== "disconnected" && (
          <Button
            look="danger-quiet"
            aria-label={`Disconnect ${name}`}
            className={wantsReconnect ? undefined : "max-sm:-ml-3.5"}
            onClick={() => setDisconnecting(true)}
          >
            Disconnect
          </Button>
        )}
      </div>
      <DisconnectAccountDialog
        connection={connection}
        isOpen={isDisconnecting}
        onOpenChange={setDisconnecting}
      />
    </li>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Cloud, Folder } from "lucide-react";
import { useState } from "react";
import type { OnedriveStatus } from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";
import { Button } from "../../../components/ui/button.tsx";
import { Card } from "../../../components/ui/card.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { Skeleton } from "../../../components/ui/skeleton.tsx";
import { onedriveStatusOptions } from "../api/get-status.ts";
import { ConnectButton } from "./connect-button.tsx";
import { ConnectionBadge } from "../../../components/connection-badge.tsx";
import { DisconnectDialog } from "./disconnect-dialog.tsx";
import { FolderPickerDialog } from "./folder-picker-dialog.tsx";
import { OnedriveIntroduction } from "./onedrive-introduction.tsx";
import { QuotaBar } from "./quota-bar.tsx";

/** The OneDrive account videos go to: state, folder, space, and how to change them. */
export function OnedriveCard() {
  const { data } = useQuery({ ...onedriveStatusOptions, throwOnError: (_e, query) => !query.state.data });
  if (!data) return <Skeleton className="h-64 rounded-xl" />;
  const { connection } = data;
  if (!connection || connection.status === "disconnected") return <OnedriveIntroduction />;
  return <ConnectedAccount connection={connection} />;
}

function ConnectedAccount({ connection }: { connection: NonNullable<OnedriveStatus["connection"]> }) {
  const [open, setOpen] = useState<"folder" | "disconnect" | null>(null);
  const needsReconnect = connection.status === "expired" || connection.status === "error";
  return (
    <Card>
      <div className="flex items-center justify-between gap-4 px-5 py-4 max-sm:flex-col max-sm:items-stretch">
        <div className="flex min-w-0 items-center gap-3.5">
          <span className="grid size-11 shrink-0 place-items-center rounded-xl bg-info-soft text-info">
            <Cloud aria-hidden className="size-5" />
          </span>
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-2 font-[600]">
              {connection.account_name ?? "OneDrive"} <ConnectionBadge status={connection.status} />
            </p>
            <p className="truncate text-ink-soft">
              {connection.account_email}
              {connection.account_email ? " · " : ""}
              {connection.account_type === "work" ? "work or school account" : "personal account"}
            </p>
          </div>
        </div>
        <Button
          look="danger-quiet"
          className="max-sm:-mt-1 max-sm:self-start max-sm:ml-10.5"
          onClick={() => setOpen("disconnect")}
        >
          Disconnect
        </Button>
      </div>
      {needsReconnect && (
        <div className="px-5 pb-4">
          <Notice
            tone="danger"
            title="Uploads wait for you"
            action={<ConnectButton size="sm">Reconnect</ConnectButton>}
          >
            {connection.status === "expired"
              ? "Microsoft ended our access to this account. Connect it again and everything goes on."
              : "OneDrive refused our last calls. Connect it again if this does not pass by itself."}
          </Notice>
        </div>
      )}
      <dl className="grid gap-5 border-t px-5 py-5 sm:grid-cols-2">
        <div className="min-w-0">
          <dt className="mb-2 font-[550]">New videos go to</dt>
          <dd className="flex items-center justify-between gap-3">
            <span className="flex min-w-0 items-center gap-2 text-ink-soft">
              <Folder aria-hidden className="size-4 shrink-0" />
              <span className="truncate">
                {connection.folder?.path ?? "/Cliprelay (made with the first video)"}
              </span>
            </span>
            <Button size="sm" onClick={() => setOpen("folder")}>
              {connection.folder ? "Change folder" : "Choose folder"}
            </Button>
          </dd>
        </div>
        <div>
          <dt className="mb-2 font-[550]">Space</dt>
          <dd>
            {connection.quota
              ? <QuotaBar quota={connection.quota} />
              : <p className="text-ink-soft">OneDrive does not tell how much space is left.</p>}
          </dd>
        </div>
      </dl>
      {open === "folder" && (
        <FolderPickerDialog
          currentId={connection.folder?.id ?? null}
          onClose={() => setOpen(null)}
        />
      )}
      <DisconnectDialog
        isOpen={open === "disconnect"}
        onOpenChange={(isOpen) => setOpen(isOpen ? "disconnect" : null)}
      />
    </Card>
  );
}

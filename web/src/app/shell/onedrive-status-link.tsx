import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Cloud, CloudAlert, CloudOff } from "lucide-react";
import { onedriveStatusOptions } from "../../features/onedrive/api/get-status.ts";
import { formatBytes } from "../../lib/format-bytes.ts";

/** The state of OneDrive at a glance, leading to its settings. */
export function OnedriveStatusLink() {
  const { data } = useQuery(onedriveStatusOptions);
  if (!data) return null;
  const { connection } = data;
  const isConnected = connection?.status === "connected" || connection?.status === "expiring";
  const isOff = !connection || connection.status === "disconnected";
  const Icon = isConnected ? Cloud : isOff ? CloudOff : CloudAlert;
  const remaining = connection?.quota?.remaining;
  const words = isOff
    ? "Not connected"
    : !isConnected
    ? "Sign in again"
    : typeof remaining === "number"
    ? `${formatBytes(remaining)} free`
    : "Connected";
  return (
    <Link
      to="/settings/onedrive"
      className="flex items-center gap-3 rounded-lg px-2.5 py-2 ring-1 ring-line ring-inset hover:bg-sunken"
    >
      <Icon aria-hidden className={isConnected ? "size-4.5 text-success" : "size-4.5 text-warning"} />
      <span className="grid min-w-0 leading-4.5">
        <span className="text-xs font-[550]">OneDrive</span>
        <span className="truncate text-xs text-ink-faint">{words}</span>
      </span>
    </Link>
  );
}

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "@tanstack/react-router";
import { TriangleAlert } from "lucide-react";
import { Button } from "../../../components/ui/button.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { formatBytes } from "../../../lib/format-bytes.ts";
import { onedriveStatusOptions } from "../api/get-status.ts";
import { ConnectButton } from "./connect-button.tsx";

interface UploadGateProps {
  children: ReactNode;
  /** What still works when nothing can be stored any more. */
  whenFull?: ReactNode;
}

/** Lets the upload through when there is a OneDrive to put it in, and says what to do when not. */
export function UploadGate({ children, whenFull }: UploadGateProps) {
  const { data } = useQuery(onedriveStatusOptions);
  const connection = data?.connection;
  if (!data) return children;
  if (!connection || connection.status === "disconnected") {
    return (
      <Notice
        tone="info"
        title="Connect OneDrive to upload"
        action={<ConnectButton size="sm" />}
      >
        Videos are kept in your own OneDrive. It takes a minute.
      </Notice>
    );
  }
  if (connection.status === "expired") {
    return (
      <Notice
        tone="danger"
        title="OneDrive wants you to sign in again"
        action={<ConnectButton size="sm">Reconnect OneDrive</ConnectButton>}
      >
        Uploads go on by themselves afterwards.
      </Notice>
    );
  }
  if (connection.quota?.state === "exceeded") {
    return (
      <Notice
        tone="warning"
        title="Your OneDrive is full"
        action={
          <span className="flex flex-wrap gap-2">
            {whenFull}
            <Button asChild size="sm">
              <Link to="/settings/onedrive">See the space</Link>
            </Button>
          </span>
        }
      >
        Delete files there or buy space, then upload.
      </Notice>
    );
  }
  return (
    <>
      {children}
      {connection.quota?.state === "critical" && (
        <p className="flex items-center gap-2 text-xs text-warning">
          <TriangleAlert aria-hidden className="size-3.5 shrink-0" />
          Your OneDrive is nearly full{connection.quota.remaining !== null &&
            `: ${formatBytes(connection.quota.remaining)} are left`}. A large video may not fit.
        </p>
      )}
    </>
  );
}

import { useEffect } from "react";
import type { UploadState } from "../uploader/create-uploader.ts";
import { MOVING } from "../api/summarize-uploads.ts";

/** Lets the browser ask before a tab that is uploading is closed. */
export function useLeaveWarning(uploads: readonly UploadState[]): void {
  const isMoving = uploads.some(({ status }) => MOVING.includes(status));
  useEffect(() => {
    if (!isMoving) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [isMoving]);
}

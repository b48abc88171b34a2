import type { Kit } from "../../kit/provider.ts";
import type { Account } from "../account.ts";
import type { UploadSession } from "./upload-session.ts";

/** The pre-authenticated address of a session on the upload host. */
export function uploadUrlOf(kit: Kit, account: Account, session: UploadSession): string {
  const flags = `overwrite=${session.conflictBehavior === "replace"}&rename=${
    session.conflictBehavior === "rename"
  }`;
  const path = account.kind === "business"
    ? `/personal/${encodeURIComponent(account.name)}/_api/v2.0/drives/${account.driveId}/uploadSession`
    : `/rup/${account.driveId}/uploadSession`;
  return `${kit.urls.MICROSOFT_UPLOAD_URL}${path}?guid=${session.id}&${flags}&dc=0&tempauth=v1.${session.token}`;
}

/** Expiry and missing ranges, as creation, fragments and status answer them. */
export function describeSession(session: UploadSession, style: "open" | "closed") {
  const isWhole = session.total !== null && session.nextOffset >= session.total;
  const end = style === "closed" && session.total !== null ? session.total - 1 : "";
  return {
    expirationDateTime: new Date(session.expiresAt).toISOString(),
    nextExpectedRanges: isWhole ? [] : [`${session.nextOffset}-${end}`],
  };
}

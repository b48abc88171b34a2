import type { GraphDrive, GraphItem, GraphProfile, GraphUploadSession, TokenAnswer } from "./schema.ts";

const KNOWN_QUOTA_STATES = ["normal", "nearing", "critical", "exceeded"];

/** Bytes; null where OneDrive does not tell. */
export interface Quota {
  total: number | null;
  used: number | null;
  remaining: number | null;
  state: string | null;
}

export interface Account {
  key: string;
  name: string | null;
  email: string | null;
  type: "personal" | "work";
  driveId: string;
  driveType: string | null;
  quota: Quota;
}

/** A file of the drive, as we store it. */
export interface DriveFile {
  id: string;
  name: string;
  driveId: string | null;
  path: string;
  sizeBytes: number;
  quickXor: string | null;
  /** Changes with the content alone. */
  cTag: string | null;
  durationMs: number | null;
  width: number | null;
  height: number | null;
}

export interface DriveFolder {
  id: string;
  name: string;
  path: string;
  childCount: number;
}

export interface MicrosoftTokens {
  accessToken: string;
  /** Tenant and object id of who signed in; null when the answer had no id_token. */
  identity: string | null;
  refreshToken: string;
  expiresAt: Date;
}

export interface UploadState {
  /** First byte OneDrive still wants; null when it did not say. */
  nextOffset: number | null;
  expiresAt: Date;
}

/** Some tenants hide the quota: missing, zero and negative totals mean unknown, not full. */
export function toQuota(quota: GraphDrive["quota"]): Quota {
  const total = positiveOrNull(quota?.total);
  const state = quota?.state && KNOWN_QUOTA_STATES.includes(quota.state) ? quota.state : null;
  const remaining = state === "exceeded" ? 0 : positiveOrNull(quota?.remaining);
  return { total, used: total === null ? null : quota?.used ?? null, remaining, state };
}

export function toAccount(profile: GraphProfile, drive: GraphDrive, identity: string | null = null): Account {
  return {
    key: identity ?? profile.id.toLowerCase(),
    name: profile.displayName ?? profile.userPrincipalName ?? null,
    // `mail` is often empty for personal accounts.
    email: profile.mail ?? profile.userPrincipalName ?? null,
    type: drive.driveType === "personal" ? "personal" : "work",
    driveId: drive.id,
    driveType: drive.driveType ?? null,
    quota: toQuota(drive.quota),
  };
}

/** Path inside the drive, "/" for the root. Graph writes "/drive/root:/A%20B" or "/drives/{id}/root:/A". */
export function toItemPath(item: GraphItem): string {
  const parent = item.parentReference?.path;
  if (!parent) return "/";
  const inside = parent.slice(parent.indexOf("root:") + "root:".length);
  return `${decodePath(inside)}/${item.name}`;
}

export function toFolder(item: GraphItem): DriveFolder {
  return { id: item.id, name: item.name, path: toItemPath(item), childCount: item.folder?.childCount ?? 0 };
}

export function toFile(item: GraphItem): DriveFile {
  return {
    id: item.id,
    name: item.name,
    driveId: item.parentReference?.driveId ?? null,
    path: toItemPath(item),
    sizeBytes: item.size ?? 0,
    quickXor: item.file?.hashes?.quickXorHash ?? null,
    cTag: item.cTag ?? null,
    durationMs: positiveOrNull(item.video?.duration),
    width: positiveOrNull(item.video?.width),
    height: positiveOrNull(item.video?.height),
  };
}

/** Ranges look like "26214400-" or "26214400-31457279"; only the number before the dash counts. */
export function toUploadState(session: GraphUploadSession): UploadState {
  const first = session.nextExpectedRanges?.[0]?.split("-")[0];
  return {
    nextOffset: first && /^\d+$/.test(first) ? Number(first) : null,
    expiresAt: new Date(session.expirationDateTime),
  };
}

/** A renewal that brings no refresh token keeps the old one. */
export function toTokens(answer: TokenAnswer, now: Date, oldRefreshToken?: string): MicrosoftTokens {
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? oldRefreshToken ?? "",
    identity: answer.id_token ? toIdentity(answer.id_token) : null,
    expiresAt: new Date(now.getTime() + answer.expires_in * 1000),
  };
}

/**
 * "tid:oid", the pair that names an account for good. The id_token comes straight from Microsoft over TLS, so its
 * signature needs no check (OpenID Connect Core 3.1.3.7). Null when it cannot be read.
 */
export function toIdentity(idToken: string): string | null {
  try {
    const payload = (idToken.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const { tid, oid } = JSON.parse(atob(payload)) as Record<string, unknown>;
    return typeof tid === "string" && typeof oid === "string" ? `${tid}:${oid}`.toLowerCase() : null;
  } catch {
    return null;
  }
}

function positiveOrNull(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && value > 0 ? Math.round(value) : null;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

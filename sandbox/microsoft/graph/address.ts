import { invalidRequest } from "../graph-failure.ts";

/** Where a Graph path points to: a drive, or an item of it and what is wanted of the item. */
export interface ItemAddress {
  /** Null for `/me/drive`. */
  driveId: string | null;
  /** False when the drive itself is meant. */
  isItem: boolean;
  /** Null for the root. */
  itemId: string | null;
  /** Names below that item, decoded. */
  path: string[];
  /** Whether the item was addressed by `:/path`. */
  hasPath: boolean;
  /** What follows, without slashes at the ends: `children`, `createUploadSession`, … */
  tail: string;
}

const DRIVE = /^\/(?:me\/drive|drives\/([^/]+))(\/.*)?$/;
const ITEM = /^\/(?:root|items\/([^/:]+))(?::\/?([^:]*)(?::|$))?(\/.*)?$/;

/** Reads a path below `/v1.0`; null when it is not about a drive. */
export function parseAddress(path: string): ItemAddress | null {
  const drive = DRIVE.exec(path);
  if (drive === null) return null;
  const driveId = drive[1] === undefined ? null : decode(drive[1]);
  const rest = drive[2] ?? "";
  if (rest === "" || rest === "/") {
    return { driveId, isItem: false, itemId: null, path: [], hasPath: false, tail: "" };
  }
  const item = ITEM.exec(rest);
  if (item === null) return null;
  return {
    driveId,
    isItem: true,
    itemId: item[1] === undefined || item[1] === "root" ? null : decode(item[1]),
    path: (item[2] ?? "").split("/").filter(Boolean).map(decode),
    hasPath: item[2] !== undefined,
    tail: (item[3] ?? "").replace(/^\/|\/$/g, ""),
  };
}

/** The path with ids and names replaced, for the request counts. */
export function describeGraphRoute(path: string): string {
  return path
    .replace(/\/drives\/[^/]+/, "/drives/{id}")
    .replace(/\/items\/[^/:]+/, "/items/{id}")
    .replace(/:\/[^:]*(:|$)/, ":/{path}$1");
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw invalidRequest("The path is not well encoded.", "invalidPath");
  }
}

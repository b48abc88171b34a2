import type { Kit, OpenUpload } from "../kit/provider.ts";
import type { TiktokState } from "./state.ts";

/** Every upload that still takes bytes, for the control API. */
export function listUploads(kit: Kit, state: TiktokState): OpenUpload[] {
  return [...state.posts.values()].flatMap((post) => {
    const { source, account, info, received } = post;
    const isOpen = source.kind === "FILE_UPLOAD" && post.arrived === null && post.failReason === null;
    if (!isOpen || kit.now() >= source.expiresAt) return [];
    const expires_at = new Date(source.expiresAt).toISOString();
    return [{ account, name: info?.title ?? "", size: source.size, received, expires_at }];
  });
}

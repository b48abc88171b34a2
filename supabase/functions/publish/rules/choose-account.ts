import { AppError } from "../../_shared/core/app-error.ts";

interface Account {
  id: string;
  platform: string;
  status: string;
}

/**
 * The account a target goes to: the one it names, or the only one its user has of that platform. AppError when the
 * named one is not theirs, none is connected, or there are several to choose from; a draft may leave it open.
 */
export function chooseAccount(
  accounts: readonly Account[],
  target: { platform: string; connection_id?: string },
  isDraft: boolean,
): string | null {
  const live = accounts.filter(
    ({ platform, status }) => platform === target.platform && status !== "disconnected",
  );
  if (target.connection_id !== undefined) {
    if (accounts.some(({ id, platform }) => id === target.connection_id && platform === target.platform)) {
      if (isDraft || live.some(({ id }) => id === target.connection_id)) {
        return target.connection_id;
      }
      throw new AppError("connection_missing");
    }
    throw new AppError("connection_not_found");
  }
  if (live.length === 1) return live[0]!.id;
  if (isDraft) return null;
  throw new AppError(live.length === 0 ? "connection_missing" : "connection_required");
}

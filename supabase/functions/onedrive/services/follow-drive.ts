import type { ClaimedWatch, WatchCheckpoint } from "../../_shared/db/onedrive-watches.ts";
import type { DriveAccess } from "../../_shared/providers/microsoft/access.ts";
import type { OnedriveDeps } from "./deps.ts";
import { isChangeLogLost, isLeaseLost, LeaseLost } from "./follow-errors.ts";

const CHECKED_AT_ONCE = 60;

/**
 * Brings the videos of one drive up to date, as far as there is time; true when nothing is left to do.
 *
 * A drive seen for the first time, or whose change log OneDrive has dropped (410), starts with a link that answers
 * what changes from now on, and then every known file is looked up by its id. That tells as much as listing the whole
 * drive anew, and costs by the number of videos here instead of by the number of files there.
 */
export async function followDrive(
  deps: OnedriveDeps,
  watch: ClaimedWatch,
  holder: string,
  hasTime: () => boolean,
): Promise<boolean> {
  let state: WatchCheckpoint = watch;

  async function save(changes: Partial<WatchCheckpoint>, missingCount = 0): Promise<void> {
    state = { ...state, ...changes };
    if (!await deps.watches.save(watch.connectionId, holder, state, missingCount)) throw new LeaseLost();
  }

  /** The whole run may begin again with renewed tokens; `state` says where. */
  async function run(access: DriveAccess): Promise<boolean> {
    const { token, driveId } = access;
    if (!state.deltaLink && !state.nextLink) await startAnew(token);
    let isRead = false;
    while (hasTime() && !isRead) isRead = await readChanges(token, driveId);
    while (hasTime() && isRead && state.isChecking) await checkKnown(token, driveId);
    return isRead && !state.isChecking;
  }

  async function startAnew(token: string): Promise<void> {
    const deltaLink = await deps.changeLog.startNow(token);
    await save({ deltaLink, nextLink: null, isChecking: true, checkedUntil: null });
  }

  /** One page of the change log; true at its end. */
  async function readChanges(token: string, driveId: string): Promise<boolean> {
    const link = state.nextLink ?? state.deltaLink!;
    const page = await deps.changeLog.readPage(token, link).catch((error) => {
      if (isChangeLogLost(error)) return null;
      throw error;
    });
    if (!page) {
      await startAnew(token);
      return true;
    }
    const known = await deps.items.listKnown(watch.userId, driveId, page.files.map(({ id }) => id));
    const files = page.files.filter(({ id }) => known.has(id));
    const gone = files.filter(({ isDeleted }) => isDeleted).map(({ id }) => ({ itemId: id, file: null }));
    const missing = await deps.items.apply(watch.userId, driveId, gone) +
      await lookUp(token, driveId, files.filter(({ isDeleted }) => !isDeleted).map(({ id }) => id));
    await save({
      nextLink: page.nextLink,
      deltaLink: page.deltaLink ?? state.deltaLink,
      // Files move and vanish with the folders above them without being named themselves.
      ...(page.hasFolders && !state.isChecking && { isChecking: true, checkedUntil: null }),
    }, missing);
    return page.nextLink === null;
  }

  async function checkKnown(token: string, driveId: string): Promise<void> {
    const known = await deps.items.listAfter(watch.userId, driveId, state.checkedUntil, CHECKED_AT_ONCE);
    const missing = await lookUp(token, driveId, known.map(({ itemId }) => itemId));
    const isLast = known.length < CHECKED_AT_ONCE;
    await save({ isChecking: !isLast, checkedUntil: isLast ? null : known.at(-1)!.videoId }, missing);
  }

  /** Reads files by id, since the change log tells no paths. Returns how many are newly missing. */
  async function lookUp(token: string, driveId: string, itemIds: string[]): Promise<number> {
    if (itemIds.length === 0) return 0;
    const entries = await deps.library.findEntries(token, itemIds);
    const sightings = [...entries].map(([itemId, file]) => ({ itemId, file }));
    return await deps.items.apply(watch.userId, driveId, sightings);
  }

  try {
    return await deps.access.withAccess(watch.userId, run);
  } catch (error) {
    // Another run has taken over, or the account was changed meanwhile: theirs to finish.
    if (isLeaseLost(error)) return false;
    throw error;
  }
}

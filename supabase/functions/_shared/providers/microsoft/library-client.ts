import { ProviderApiError } from "../../core/provider-errors.ts";
import { type DriveEntry, toDriveEntry } from "./drive-entry.ts";
import { isMissingItem, PROVIDER } from "./error-answer.ts";
import { type BatchResult, getBatch } from "./graph-batch.ts";
import type { GraphHttp, GraphHttpOptions } from "./graph-http.ts";
import { parseAnswer } from "./http.ts";
import { toItemAddress } from "./item-address.ts";
import { type ChildrenPage, childrenPageSchema, driveItemSchema } from "./schema.ts";

const FIELDS =
  "id,name,size,cTag,lastModifiedDateTime,folder,file,video,package,remoteItem,deleted,parentReference";

/** A file and the short-lived address of its bytes. */
export interface PlayableEntry extends DriveEntry {
  downloadUrl: string | null;
}

export interface EntryPage {
  entries: DriveEntry[];
  /** Address of the next page as Graph gave it; null at the end. A page may be empty and have one. */
  nextLink: string | null;
}

export type LibraryClient = ReturnType<typeof createLibraryClient>;

/** Looking at files that are in a OneDrive already. Every method takes the access token of the account. */
export function createLibraryClient(
  http: GraphHttp,
  options: Pick<GraphHttpOptions, "sleep" | "clock"> = {},
) {
  const itemPath = (itemId: string) => `/me/drive/${toItemAddress(itemId)}`;
  const readItems = (token: string, itemIds: readonly string[]) =>
    getBatch(http, token, itemIds.map((id) => `${itemPath(id)}?$select=${FIELDS}`), options);

  return {
    /** A page of a folder in the order of names. `nextLink` instead of a folder goes on with a page before. */
    async listChildren(
      token: string,
      place: { folderId: string } | { nextLink: string },
      pageSize: number,
    ): Promise<EntryPage> {
      const answer = "nextLink" in place ? await http.follow(token, place.nextLink) : await http.get(
        token,
        `${http.base}${itemPath(place.folderId)}/children?$select=${FIELDS}&$orderby=name&$top=${pageSize}`,
      );
      const page: ChildrenPage = parseAnswer(childrenPageSchema, answer);
      return { entries: page.value.map(toDriveEntry), nextLink: page["@odata.nextLink"] ?? null };
    },

    /** Items by their ids, in that order; null for one that is not there. */
    async getEntries(token: string, itemIds: readonly string[]): Promise<(DriveEntry | null)[]> {
      return (await readItems(token, itemIds)).map(toEntry);
    },

    /**
     * As `getEntries`, but what OneDrive refuses to tell about one item (locked, in a closed vault) is left out of the
     * answer: it must not keep the others from being looked up. Outages and a refused token fail as a whole.
     */
    async findEntries(token: string, itemIds: readonly string[]): Promise<Map<string, DriveEntry | null>> {
      const results = await readItems(token, itemIds);
      const told = itemIds.map((id, index) => [id, results[index]!] as const)
        .filter(([, result]) => !isRefusedItem(result));
      return new Map(told.map(([id, result]) => [id, toEntry(result)]));
    },

    /** A file by its id, wherever it was moved to, with a fresh address of its bytes; null when it is gone. */
    async getPlayable(token: string, itemId: string): Promise<PlayableEntry | null> {
      const url = `${http.base}${itemPath(itemId)}?$select=${FIELDS},@microsoft.graph.downloadUrl`;
      try {
        const item = parseAnswer(driveItemSchema, await http.get(token, url));
        if (item.deleted) return null;
        return { ...toDriveEntry(item), downloadUrl: item["@microsoft.graph.downloadUrl"] ?? null };
      } catch (error) {
        if (isMissingItem(error)) return null;
        throw error;
      }
    },
  };
}

function toEntry(result: BatchResult): DriveEntry | null {
  if (!result.ok) {
    if (isMissingItem(result.error)) return null;
    throw result.error;
  }
  const parsed = driveItemSchema.safeParse(result.body);
  if (!parsed.success) throw new ProviderApiError(PROVIDER, 200, "unexpected_body");
  return parsed.data.deleted ? null : toDriveEntry(parsed.data);
}

function isRefusedItem(result: BatchResult): boolean {
  return !result.ok && !result.error.isTransient && result.error.status !== 401 &&
    !isMissingItem(result.error);
}

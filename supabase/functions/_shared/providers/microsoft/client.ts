import { ProviderApiError, ProviderUserError } from "../../core/provider-errors.ts";
import {
  type Account,
  type DriveFile,
  type DriveFolder,
  type Quota,
  toAccount,
  toFile,
  toFolder,
  toQuota,
} from "./adapter.ts";
import { isMissingItem, isNameTaken, PROVIDER, translateGraphError } from "./error-answer.ts";
import { type Answer, createSend, type HttpDeps, parseAnswer, retryTransient } from "./http.ts";
import {
  type ChildrenPage,
  childrenPageSchema,
  driveItemSchema,
  driveSchema,
  type GraphItem,
  profileSchema,
  uploadSessionAnswerSchema,
} from "./schema.ts";

const ITEM_FIELDS = "id,name,size,folder,file,video,parentReference";
const MAX_CHILDREN_PAGES = 50;

export type CreatedUpload =
  | { outcome: "created"; uploadUrl: string; expiresAt: Date }
  | { outcome: "name_taken" }
  | { outcome: "folder_missing" };

export type GraphClient = ReturnType<typeof createGraphClient>;

/** Microsoft Graph v1.0, the parts of OneDrive we use. Every method takes the access token of the account. */
export function createGraphClient(options: HttpDeps & { graphUrl: string }) {
  const send = createSend(options);
  const base = `${options.graphUrl}/v1.0`;

  async function call(token: string, method: string, url: string, json?: unknown): Promise<Answer> {
    const headers = new Headers({ authorization: `Bearer ${token}` });
    if (json !== undefined) headers.set("content-type", "application/json");
    const answer = await send(url, {
      method,
      headers,
      body: json === undefined ? undefined : JSON.stringify(json),
    });
    if (!answer.response.ok) throw translateGraphError(answer.response, answer.body);
    return answer;
  }

  function get(token: string, url: string): Promise<Answer> {
    return retryTransient(() => call(token, "GET", url), options);
  }

  async function findItem(token: string, address: string, fields = ITEM_FIELDS): Promise<GraphItem | null> {
    try {
      return parseAnswer(driveItemSchema, await get(token, `${base}/me/drive/${address}?$select=${fields}`));
    } catch (error) {
      if (isMissingItem(error)) return null;
      throw error;
    }
  }

  async function findFolder(token: string, address: string): Promise<DriveFolder | null> {
    const item = await findItem(token, address);
    return item?.folder ? toFolder(item) : null;
  }

  /** An account without a licence or site has no drive. */
  async function getDrive(token: string) {
    try {
      return parseAnswer(driveSchema, await get(token, `${base}/me/drive`));
    } catch (error) {
      if (error instanceof ProviderApiError && [400, 404].includes(error.status)) {
        throw new ProviderUserError(PROVIDER, "no_onedrive");
      }
      throw error;
    }
  }

  return {
    async getAccount(token: string): Promise<Account> {
      const fields = "id,displayName,mail,userPrincipalName";
      const profile = parseAnswer(profileSchema, await get(token, `${base}/me?$select=${fields}`));
      return toAccount(profile, await getDrive(token));
    },

    getQuota: async (token: string): Promise<Quota> => toQuota((await getDrive(token)).quota),

    /** Null when there is no such item or it is not a folder. Id "root" is the top of the drive. */
    getFolder: (token: string, folderId: string) => findFolder(token, addressOf(folderId)),

    /** `path` starts with a slash and is not encoded. */
    getFolderByPath: (token: string, path: string) => findFolder(token, `root:${encodePath(path)}`),

    /** Folders of a folder, sorted by name. OneDrive does not filter reliably, so this does. */
    async listFolders(token: string, parentId: string): Promise<DriveFolder[]> {
      const fields = "id,name,folder,parentReference";
      let url: string | null | undefined = `${base}/me/drive/${
        addressOf(parentId)
      }/children?$select=${fields}&$top=1000`;
      const items: GraphItem[] = [];
      for (let page = 0; url && page < MAX_CHILDREN_PAGES; page++) {
        // The token goes along: a link to another host would leak it.
        if (new URL(url).origin !== new URL(base).origin) {
          throw new ProviderApiError(PROVIDER, 200, "foreign_link");
        }
        const children: ChildrenPage = parseAnswer(childrenPageSchema, await get(token, url));
        items.push(...children.value);
        url = children["@odata.nextLink"];
      }
      const folders = items.filter((item) => item.folder).map(toFolder);
      return folders.sort((one, other) => one.name.localeCompare(other.name, "en", { numeric: true }));
    },

    async createFolder(token: string, parentId: string, name: string): Promise<DriveFolder> {
      const body = { name, folder: {}, "@microsoft.graph.conflictBehavior": "fail" };
      try {
        const answer = await call(token, "POST", `${base}/me/drive/${addressOf(parentId)}/children`, body);
        return toFolder(parseAnswer(driveItemSchema, answer));
      } catch (error) {
        if (isNameTaken(error)) throw new ProviderUserError(PROVIDER, "folder_exists");
        if (isMissingItem(error)) throw new ProviderUserError(PROVIDER, "folder_not_found");
        throw error;
      }
    },

    async findFile(token: string, parentId: string, name: string): Promise<DriveFile | null> {
      const item = await findItem(token, `${addressOf(parentId)}:/${encodeURIComponent(name)}`);
      return item?.file ? toFile(item) : null;
    },

    /** True for files and folders alike. */
    hasItem: async (token: string, parentId: string, name: string): Promise<boolean> =>
      await findItem(token, `${addressOf(parentId)}:/${encodeURIComponent(name)}`) !== null,

    /** `sizeBytes` lets OneDrive refuse a file that does not fit. An existing name is never overwritten. */
    async createUpload(
      token: string,
      parentId: string,
      name: string,
      sizeBytes: number,
    ): Promise<CreatedUpload> {
      const address = `${addressOf(parentId)}:/${encodeURIComponent(name)}:/createUploadSession`;
      const item = { "@microsoft.graph.conflictBehavior": "fail", name, fileSize: sizeBytes };
      try {
        const answer = await call(token, "POST", `${base}/me/drive/${address}`, { item });
        const { uploadUrl, expirationDateTime } = parseAnswer(uploadSessionAnswerSchema, answer);
        if (!uploadUrl) throw new ProviderApiError(PROVIDER, 200, "no_upload_url");
        return { outcome: "created", uploadUrl, expiresAt: new Date(expirationDateTime) };
      } catch (error) {
        if (isNameTaken(error)) return { outcome: "name_taken" };
        if (isMissingItem(error)) return { outcome: "folder_missing" };
        throw error;
      }
    },

    /** A short-lived address of the bytes, or null when the file is gone. Never stored, needs no token. */
    async getDownloadUrl(token: string, itemId: string): Promise<string | null> {
      const fields = "id,name,size,file,@microsoft.graph.downloadUrl";
      const item = await findItem(token, addressOf(itemId), fields);
      return item?.["@microsoft.graph.downloadUrl"] ?? null;
    },

    /** Moves the item to the recycle bin. An item that is not there counts as deleted. */
    async deleteItem(token: string, itemId: string): Promise<void> {
      try {
        await retryTransient(() => call(token, "DELETE", `${base}/me/drive/${addressOf(itemId)}`), options);
      } catch (error) {
        if (!isMissingItem(error)) throw error;
      }
    },
  };
}

function addressOf(itemId: string): string {
  // Dot segments survive encoding and would name another address.
  if (/^\.+$/.test(itemId)) throw new ProviderUserError(PROVIDER, "folder_not_found");
  return itemId === "root" ? "root" : `items/${encodeURIComponent(itemId)}`;
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

import { systemSleep } from "../../core/clock.ts";
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
import { isMissingItem, isNameTaken, PROVIDER } from "./error-answer.ts";
import { createGraphHttp, type GraphHttpOptions } from "./graph-http.ts";
import { parseAnswer } from "./http.ts";
import { toItemAddress } from "./item-address.ts";
import {
  type ChildrenPage,
  childrenPageSchema,
  driveItemSchema,
  driveSchema,
  type GraphDrive,
  type GraphItem,
  profileSchema,
  uploadSessionAnswerSchema,
} from "./schema.ts";

const ITEM_FIELDS = "id,name,size,folder,file,video,parentReference";
const MAX_CHILDREN_PAGES = 50;
const PROVISIONING_PAUSE_MS = 1_000;

export type CreatedUpload =
  | { outcome: "created"; uploadUrl: string; expiresAt: Date }
  | { outcome: "name_taken" }
  | { outcome: "folder_missing" };

export type GraphClient = ReturnType<typeof createGraphClient>;

/** Microsoft Graph v1.0, the parts of OneDrive we use. Every method takes the access token of the account. */
export function createGraphClient(options: GraphHttpOptions, http = createGraphHttp(options)) {
  const { base, call, get } = http;
  const { sleep = systemSleep } = options;

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

  /** The first call makes the drive of a licensed user and may be refused while it does. */
  async function getNewDrive(token: string, attempts = 3): Promise<GraphDrive> {
    try {
      return await getDrive(token);
    } catch (error) {
      const isBeingMade = error instanceof ProviderApiError && error.status === 401;
      if (!isBeingMade || attempts <= 1) throw error;
      await sleep(PROVISIONING_PAUSE_MS);
      return await getNewDrive(token, attempts - 1);
    }
  }

  return {
    http,

    /** `identity` is the account's key of the sign-in (see toIdentity); without it the profile's id serves. */
    async getAccount(token: string, identity: string | null = null): Promise<Account> {
      const fields = "id,displayName,mail,userPrincipalName";
      const profile = parseAnswer(profileSchema, await get(token, `${base}/me?$select=${fields}`));
      return toAccount(profile, await getNewDrive(token), identity);
    },

    getQuota: async (token: string): Promise<Quota> => toQuota((await getDrive(token)).quota),

    /** Null when there is no such item or it is not a folder. Id "root" is the top of the drive. */
    getFolder: (token: string, folderId: string) => findFolder(token, toItemAddress(folderId)),

    /** `path` starts with a slash and is not encoded. */
    getFolderByPath: (token: string, path: string) => findFolder(token, `root:${encodePath(path)}`),

    /** Folders of a folder, sorted by name. OneDrive does not filter reliably, so this does. */
    async listFolders(token: string, parentId: string): Promise<DriveFolder[]> {
      const fields = "id,name,folder,parentReference";
      let url: string | null | undefined = `${base}/me/drive/${
        toItemAddress(parentId)
      }/children?$select=${fields}&$top=1000`;
      const items: GraphItem[] = [];
      for (let page = 0; url && page < MAX_CHILDREN_PAGES; page++) {
        const children: ChildrenPage = parseAnswer(childrenPageSchema, await http.follow(token, url));
        items.push(...children.value);
        url = children["@odata.nextLink"];
      }
      const folders = items.filter((item) => item.folder).map(toFolder);
      return folders.sort((one, other) => one.name.localeCompare(other.name, "en", { numeric: true }));
    },

    async createFolder(token: string, parentId: string, name: string): Promise<DriveFolder> {
      const body = { name, folder: {}, "@microsoft.graph.conflictBehavior": "fail" };
      try {
        const answer = await call(
          token,
          "POST",
          `${base}/me/drive/${toItemAddress(parentId)}/children`,
          body,
        );
        return toFolder(parseAnswer(driveItemSchema, answer));
      } catch (error) {
        if (isNameTaken(error)) throw new ProviderUserError(PROVIDER, "folder_exists");
        if (isMissingItem(error)) throw new ProviderUserError(PROVIDER, "folder_not_found");
        throw error;
      }
    },

    async findFile(token: string, parentId: string, name: string): Promise<DriveFile | null> {
      const item = await findItem(token, `${toItemAddress(parentId)}:/${encodeURIComponent(name)}`);
      return item?.file ? toFile(item) : null;
    },

    /** True for files and folders alike. */
    hasItem: async (token: string, parentId: string, name: string): Promise<boolean> =>
      await findItem(token, `${toItemAddress(parentId)}:/${encodeURIComponent(name)}`) !== null,

    /** `sizeBytes` lets OneDrive refuse a file that does not fit. An existing name is never overwritten. */
    async createUpload(
      token: string,
      parentId: string,
      name: string,
      sizeBytes: number,
    ): Promise<CreatedUpload> {
      const address = `${toItemAddress(parentId)}:/${encodeURIComponent(name)}:/createUploadSession`;
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

    /** Moves the item to the recycle bin. An item that is not there counts as deleted. */
    async deleteItem(token: string, itemId: string): Promise<void> {
      try {
        await http.repeat(token, "DELETE", `${base}/me/drive/${toItemAddress(itemId)}`);
      } catch (error) {
        if (!isMissingItem(error)) throw error;
      }
    },
  };
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

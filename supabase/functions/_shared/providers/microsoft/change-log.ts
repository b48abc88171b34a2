import { ProviderApiError } from "../../core/provider-errors.ts";
import { PROVIDER } from "./error-answer.ts";
import type { GraphHttp } from "./graph-http.ts";
import { parseAnswer } from "./http.ts";
import { changesPageSchema } from "./schema.ts";

export interface ChangesPage {
  /** Files that changed or are gone. Of an item that appears several times the last one counts. */
  files: { id: string; isDeleted: boolean }[];
  /** True when a folder changed: files below it moved with it and are not listed themselves. */
  hasFolders: boolean;
  nextLink: string | null;
  deltaLink: string | null;
}

export type ChangeLog = ReturnType<typeof createChangeLog>;

/** The change log of a drive. Every method takes the access token of the account. */
export function createChangeLog(http: GraphHttp) {
  async function readPage(token: string, link: string): Promise<ChangesPage> {
    const page = parseAnswer(changesPageSchema, await http.follow(token, link));
    const last = new Map(page.value.map((item) => [item.id, item]));
    const items = [...last.values()];
    return {
      files: items.filter((item) => !item.folder).map(({ id, deleted }) => ({ id, isDeleted: !!deleted })),
      hasFolders: items.some((item) => item.folder && !item.root),
      nextLink: page["@odata.nextLink"] ?? null,
      deltaLink: page["@odata.deltaLink"] ?? null,
    };
  }

  return {
    readPage,

    /** The link that will answer what changes from now on, without listing what is there. */
    async startNow(token: string): Promise<string> {
      const { deltaLink } = await readPage(token, `${http.base}/me/drive/root/delta?token=latest`);
      if (!deltaLink) throw new ProviderApiError(PROVIDER, 200, "no_delta_link");
      return deltaLink;
    },
  };
}

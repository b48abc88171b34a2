import type { Page } from "playwright-core";
import type { UploadState } from "../../../web/src/features/uploads/uploader/create-uploader.ts";
import { eventually } from "../../support/eventually.ts";
import type { FaultPageOptions } from "../page/main.ts";

/** One tab of a real browser with the product's uploader in it. */
export class FaultTab {
  /** Longest wait for an upload to get where it should. */
  patienceMs = 30_000;

  constructor(readonly page: Page, readonly options: FaultPageOptions) {}

  async load(url: string): Promise<this> {
    await this.page.goto(url);
    await this.page.evaluate((options) => faultPage.start(options), this.options);
    return this;
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.page.evaluate((options) => faultPage.start(options), this.options);
  }

  /** Ends the tab's process without a word, as the system does when memory runs out. */
  async crash(): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const crashed = this.page.waitForEvent("crash");
    // Whoever is gone cannot answer.
    session.send("Page.crash").catch(() => {});
    await crashed;
  }

  /** Picks a file and starts its upload. */
  async add(path: string): Promise<string> {
    await this.page.setInputFiles("input", [path]);
    return await this.page.evaluate(() => faultPage.uploader.add(faultPage.picked()[0]!));
  }

  /** Picks a file for an upload that needs it. */
  async attach(id: string, path: string): Promise<void> {
    await this.page.setInputFiles("input", [path]);
    await this.page.evaluate((id) => faultPage.uploader.attachFile(id, faultPage.picked()[0]!), id);
  }

  call(method: "pause" | "resume" | "retry" | "cancel" | "takeOver", id: string): Promise<void> {
    return this.page.evaluate(([method, id]) => faultPage.uploader[method](id), [method, id] as const);
  }

  setToken(token: string): Promise<void> {
    return this.page.evaluate((token) => faultPage.setToken(token), token);
  }

  all(): Promise<UploadState[]> {
    return this.page.evaluate(() => [...faultPage.uploader.getSnapshot()]);
  }

  async state(id: string): Promise<UploadState> {
    const state = (await this.all()).find((upload) => upload.id === id);
    if (!state) throw new Error(`The tab has no upload ${id}.`);
    return state;
  }

  /** The unfinished upload as a fresh page sees it; asked until the server answers. */
  async restore(): Promise<UploadState> {
    return await eventually("the unfinished upload is listed", async () => {
      await this.page.evaluate(() => faultPage.uploader.restore());
      return (await this.all())[0];
    }, 30_000);
  }

  /** The upload once it has one of these statuses, or `failed`. */
  async until(id: string, ...statuses: UploadState["status"][]): Promise<UploadState> {
    let last: UploadState | undefined;
    return await eventually(statuses.join(" or "), async () => {
      last = await this.state(id);
      return (statuses.includes(last.status) || last.status === "failed") && last;
    }, this.patienceMs).catch((cause) => {
      throw new Error(`the upload stays ${last?.status} (${last?.error?.code})`, { cause });
    });
  }
}

import type { BrowserContext } from "playwright-core";
import type { UploadState } from "../../../web/src/features/uploads/uploader/create-uploader.ts";
import { createAccount, type TestAccount } from "../../functions/support/account.ts";
import { connect } from "../../functions/support/onedrive.ts";
import { eventually } from "../../support/eventually.ts";
import type { FaultRig, FaultVideo } from "./fault-rig.ts";
import { FaultTab } from "./fault-tab.ts";
import type { Fault } from "./sandbox.ts";

/** A OneDrive that has not answered for so long holds nobody up: the browser asks again after `stallMs`. */
const HELD_MS = 20_000;

const TIMINGS = {
  backoffMinMs: 20,
  backoffMaxMs: 400,
  throttleMinMs: 20,
  stallMs: 1_000,
  reportMs: 20,
  heartbeatMs: 1_000,
  inUseMs: 500,
};

/** How an upload ended: as a video, or with the code and sentence its person sees. */
export type Outcome =
  | { readonly kind: "whole" }
  | { readonly kind: "refused"; readonly code: string; readonly message: string };

export interface FaultVideos {
  readonly video: FaultVideo;
  /** As long as the video, with other bytes. */
  readonly other: FaultVideo;
}

/** One person with a OneDrive of their own who uploads one video while things break. */
export class FaultRun {
  readonly #pageErrors: string[] = [];
  #context: BrowserContext | null = null;

  private constructor(
    readonly rig: FaultRig,
    readonly account: TestAccount,
    readonly oneDrive: string,
    readonly video: FaultVideo,
    readonly other: FaultVideo,
  ) {}

  static async begin(rig: FaultRig, { video, other }: FaultVideos): Promise<FaultRun> {
    await rig.sandbox.clear();
    const account = await createAccount(rig.env);
    return new FaultRun(rig, account, await connect(rig.env, account), video, other);
  }

  /** Errors no code of the page caught. */
  get pageErrors(): readonly string[] {
    return this.#pageErrors;
  }

  /** The browser profile of this person; another one once the browser was killed. */
  async context(): Promise<BrowserContext> {
    const browser = await this.rig.browser();
    if (this.#context?.browser() !== browser) this.#context = await browser.newContext();
    return this.#context;
  }

  async openTab(): Promise<FaultTab> {
    const page = await (await this.context()).newPage();
    page.on("pageerror", (error) => this.#pageErrors.push(error.message));
    return await new FaultTab(page, {
      functionsUrl: `${this.rig.env.API_URL}/functions/v1`,
      publishableKey: this.rig.env.PUBLISHABLE_KEY!,
      token: this.account.token,
      timings: TIMINGS,
    }).load(this.rig.pageUrl);
  }

  /** Makes fragments (or, with `path`, other calls) of the pretend OneDrive fail. */
  fault(fault: Fault): Promise<number> {
    return this.rig.sandbox.fault({ method: "PUT", path: "*", ...fault });
  }

  /** OneDrive holds the fragment `index` back; call the result to wait until it does. */
  async hold(index: number): Promise<() => Promise<void>> {
    return await this.holdCall({ kind: "delay", value: HELD_MS, skip: index });
  }

  /** OneDrive meets a call with `fault`; call the result to wait until it has. */
  async holdCall(fault: Fault): Promise<() => Promise<void>> {
    const id = await this.fault(fault);
    return async () =>
      void await eventually(`OneDrive holds ${fault.method ?? "PUT"}`, () => this.rig.sandbox.hasFired(id));
  }

  /** Starts the upload in a new tab, which gets as far as the held fragment. */
  async startHeldAt(index: number): Promise<{ tab: FaultTab; id: string }> {
    const untilHeld = await this.hold(index);
    const tab = await this.openTab();
    const id = await tab.add(this.video.path);
    await untilHeld();
    return { tab, id };
  }

  /** Uploads in one tab without anybody's help. */
  async upload(): Promise<Outcome> {
    const tab = await this.openTab();
    return toOutcome(await tab.until(await tab.add(this.video.path), "complete"));
  }

  /** Waits for the end of an upload. */
  async finish(tab: FaultTab, id: string): Promise<Outcome> {
    return toOutcome(await tab.until(id, "complete"));
  }

  /** A canceled upload is over as soon as its person says so; the server hears of it a moment later. */
  async seeCanceled(tab: FaultTab, id: string): Promise<Outcome> {
    const { error } = await tab.until(id, "canceled");
    return { kind: "refused", code: error?.code ?? "upload_canceled", message: "This upload was canceled." };
  }

  /** Goes on in a new tab with the unfinished upload, taking it from whoever has it. */
  async resumeInNewTab(): Promise<Outcome> {
    const tab = await this.openTab();
    const { id, status } = await tab.restore();
    if (status === "needs_file") await tab.attach(id, this.video.path);
    const state = await tab.until(id, "in_use_elsewhere", "complete");
    if (state.status === "in_use_elsewhere") await tab.call("takeOver", id);
    return toOutcome(await tab.until(id, "complete"));
  }

  async close(): Promise<void> {
    await this.#context?.close().catch(() => {});
  }
}

/** What a person sees at the end. */
export function toOutcome(state: UploadState): Outcome {
  if (state.status === "complete") return { kind: "whole" };
  return { kind: "refused", code: state.error?.code ?? "", message: state.error?.message ?? "" };
}

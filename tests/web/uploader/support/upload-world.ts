import { createFileHasher } from "../../../../web/src/features/uploads/uploader/file-hasher.ts";
import { createUploadApi } from "../../../../web/src/features/uploads/uploader/create-upload-api.ts";
import {
  createUploader,
  type UploaderDeps,
} from "../../../../web/src/features/uploads/uploader/create-uploader.ts";
import type { Uploader, UploadState } from "../../../../web/src/features/uploads/uploader/create-uploader.ts";
import { eventually } from "../../../support/eventually.ts";
import { fetchFragment } from "./fetch-fragment.ts";
import { type PretendFunctions, startPretendFunctions } from "./pretend-functions.ts";
import { startUploadHost, type UploadHost } from "./pretend-onedrive.ts";

export interface UploadWorld {
  host: UploadHost;
  functions: PretendFunctions;
  /** A tab of its own. */
  openTab(deps?: Partial<UploaderDeps>): Uploader;
}

const QUICK = {
  backoffMinMs: 2,
  backoffMaxMs: 10,
  throttleMinMs: 2,
  stallMs: 2_000,
  reportMs: 5,
  heartbeatMs: 20,
  inUseMs: 10,
  refreshMs: 1,
};

/** Gives a test a host, the functions over it and tabs with uploaders that wait for milliseconds only. */
export async function inUploadWorld(test: (world: UploadWorld) => Promise<void>): Promise<void> {
  const host = await startUploadHost();
  const functions = startPretendFunctions(host);
  const tabs: Uploader[] = [];
  try {
    await test({
      host,
      functions,
      openTab(deps = {}) {
        const api = createUploadApi({
          functionsUrl: functions.url,
          getAccessToken: () => Promise.resolve("token"),
          uploaderId: crypto.randomUUID(),
        });
        const tab = createUploader({
          api,
          sendFragment: fetchFragment,
          createHasher: (file, from) => createFileHasher(file, from, noWorker),
          makePoster: () => Promise.resolve(null),
          now: slowClock,
          ...deps,
          timings: { ...QUICK, ...deps.timings },
        });
        tabs.push(tab);
        return tab;
      },
    });
  } finally {
    for (const tab of tabs) tab.dispose();
    await functions.close();
    await host.close();
  }
}

/** Starting a worker takes Deno longer than a whole upload here; file-hasher.test.ts has them. */
function noWorker(): never {
  throw new Error("No workers here.");
}

/** Runs so fast that every fragment seems to take minutes: all of them stay at the smallest size, 320 KiB. */
function slowClock(): number {
  return performance.now() * 50_000;
}

/** The upload with this id, once it has one of these statuses. */
export function untilStatus(
  tab: Uploader,
  id: string,
  ...statuses: UploadState["status"][]
): Promise<UploadState> {
  return eventually(`${statuses.join(" or ")}`, () => {
    const state = tab.getSnapshot().find((upload) => upload.id === id);
    return state && statuses.includes(state.status) && state;
  }, 30_000);
}

import assert from "node:assert/strict";
import { eventually } from "../../../support/eventually.ts";
import type { Person, Tab, TestVideo } from "./browser-world.ts";
import { listFiles } from "./sandbox-control.ts";

/** Waits in milliseconds instead of seconds after a failure. */
export const QUICK = { backoffMinMs: 20, backoffMaxMs: 200, throttleMinMs: 20 };

/** Fails unless the person's OneDrive holds exactly this file. */
export async function assertStored(person: Person, { size, quickxor }: TestVideo): Promise<void> {
  const files = await listFiles(person.env, person.oneDrive);
  assert.deepEqual(files.map((file) => [file.size, file.quickxor]), [[size, quickxor]]);
}

/** Waits until a fragment beyond `bytes` is on its way. */
export function sentMoreThan(tab: Tab, id: string, bytes: number) {
  return eventually(`more than ${bytes} bytes`, async () => {
    const state = (await tab.all()).find((upload) => upload.id === id);
    return state!.status === "uploading" && state!.sentBytes > bytes;
  }, 60_000);
}

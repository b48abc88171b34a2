import { createHmac } from "node:crypto";
import { join } from "node:path";
import type { FaultRig } from "./fault-rig.ts";

const PATH = "/functions/v1/onedrive/internal/sweep-uploads";

/** Runs the scheduled sweep of uploads now, with everything that waits for its next try due. */
export async function sweepUploads(rig: FaultRig): Promise<void> {
  await rig.query((sql) => sql`update private.onedrive_released_urls set next_try_at = now()`);
  const { cronSecret } = JSON.parse(await Deno.readTextFile(join(rig.stackDir, "secrets.json")));
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac("sha256", cronSecret).update(`${timestamp}.${PATH}`).digest("hex");
  const response = await fetch(`${rig.env.API_URL}${PATH}`, {
    method: "POST",
    headers: { "x-cron-timestamp": timestamp, "x-cron-signature": signature },
  });
  if (response.status !== 202) throw new Error(`The sweep answered ${response.status}.`);
  await response.body?.cancel();
}

import { note, printResult } from "./result.ts";
import { measureMs, median } from "./statistics.ts";
import { openRig } from "./upload/open-rig.ts";

const BASE_PORT = 29_100;
const FILE_BYTES = 50_000_000;
const ROUNDS = 5;

/** From picking a file of 50 MB until its video exists, checked in OneDrive; against one plain PUT. */
export async function run(): Promise<void> {
  const rig = await openRig(BASE_PORT, FILE_BYTES);
  const { page, plainUrl } = rig;
  try {
    const ours: number[] = [];
    const plain: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const startedAt = performance.now();
      await page.setInputFiles("input", rig.filePath);
      const { sentMs, videoId } = await page.evaluate(() => bench.uploadOurs());
      const oursMs = performance.now() - startedAt;
      const plainMs = await measureMs(() => page.evaluate((url) => bench.putWhole(url), plainUrl));
      await rig.removeVideo(videoId);
      note(
        `round ${round}: ${oursMs.toFixed(0)} ms to complete (${sentMs.toFixed(0)} ms to the last byte), ` +
          `${plainMs.toFixed(0)} ms plain`,
      );
      if (round === 0) continue; // warms everything up
      ours.push(oursMs / 1000);
      plain.push(plainMs / 1000);
    }
    printResult({
      bench: "upload-50mb",
      metric: "time",
      value: median(ours),
      unit: "s",
      baseline: "plain PUT",
      baselineValue: median(plain),
    });
  } finally {
    await rig.close();
  }
}

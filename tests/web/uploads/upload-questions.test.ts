import assert from "node:assert/strict";
import { join } from "node:path";
import { connectOnedrive, openAsDemo } from "../../e2e/support/demo-session.ts";
import { launchBrowser } from "../../support/browser.ts";
import { eventually } from "../../support/eventually.ts";
import { writePaddedVideo } from "../../support/padded-video.ts";
import { startStack } from "../../support/stack.ts";
import { serveWebApp } from "../../../scripts/serve-web-app.ts";
import { listFiles, setMicrosoft } from "../uploader/support/sandbox-control.ts";

const ASIN = "B0CRL7K2M1";
const MIB = 1024 * 1024;

Deno.test("The product page asks about a video it has already, about canceling, and refuses what is no video", async (t) => {
  const dir = await Deno.makeTempDir({ prefix: "upload-questions-" });
  const clip = join(dir, "kettle.mp4");
  await writePaddedVideo(clip, 2 * MIB, 7);
  await Deno.writeTextFile(join(dir, "diary.mp4"), "Dear diary ".repeat(500));
  const stack = await startStack({ basePort: 28_000 });
  await setMicrosoft(stack.env, { processing_ms: 1 });
  const web = await serveWebApp(stack.env);
  const browser = await launchBrowser();
  try {
    const { page } = await openAsDemo(browser, web.url);
    await connectOnedrive(page, web.url, "demo");
    await page.goto(`${web.url}/products?q=${ASIN}`);
    await page.getByRole("main").getByRole("listitem").first().getByRole("link").first().click();
    await page.getByRole("heading", { name: "Videos" }).waitFor();
    const uploads = page.getByLabel("Videos to upload");
    const pathsOf = async () => (await listFiles(stack.env, "demo")).map(({ path }) => path).sort();

    await t.step("a text that is called a video", async () => {
      await uploads.setInputFiles(join(dir, "diary.mp4"));
      await page.getByText("This is not a video, whatever its name says.").first().waitFor();
      await page.getByRole("button", { name: "Remove diary.mp4 from this list" }).first().click();
    });

    await t.step(
      "the same video again is asked about, and comes a second time when it is wanted",
      async () => {
        await uploads.setInputFiles(clip);
        await page.getByRole("button", { name: "Play kettle.mp4" }).first().waitFor();
        await uploads.setInputFiles(clip);
        await page.getByText(/has this video already, as “kettle\.mp4”/).first().waitFor();
        assert.deepEqual(await pathsOf(), ["/Cliprelay/kettle.mp4"]);
        await page.getByRole("button", { name: "Upload kettle.mp4 anyway" }).first().click();
        await page.getByRole("button", { name: "Play kettle (2).mp4" }).first().waitFor();
        assert.deepEqual(await pathsOf(), ["/Cliprelay/kettle (2).mp4", "/Cliprelay/kettle.mp4"]);
      },
    );

    await t.step("an upload that is being checked can be canceled, and its file goes", async () => {
      await setMicrosoft(stack.env, { processing_ms: 600_000 });
      await writePaddedVideo(join(dir, "unwanted.mp4"), 2 * MIB, 8);
      await uploads.setInputFiles(join(dir, "unwanted.mp4"));
      await page.getByText("Checking that OneDrive has every byte").first().waitFor();
      await eventually("OneDrive has it", async () => (await pathsOf()).includes("/Cliprelay/unwanted.mp4"));
      await page.getByRole("button", { name: "Cancel unwanted.mp4" }).first().click();
      await page.getByText("The file will be removed there.").waitFor();
      await page.getByRole("button", { name: "Cancel upload" }).click();
      await eventually("it is gone", async () => !(await pathsOf()).includes("/Cliprelay/unwanted.mp4"));
    });
  } finally {
    await browser.close();
    await web.stop();
    await stack.stop();
    await Deno.remove(dir, { recursive: true });
  }
});

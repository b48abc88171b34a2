import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { openDrive, processAtOnce } from "../functions/support/sandbox-drive.ts";
import { createControl } from "../functions/support/sandbox.ts";
import { launchBrowser } from "../support/browser.ts";
import { eventually } from "../support/eventually.ts";
import { startStack } from "../support/stack.ts";
import { serveWebApp } from "../../scripts/serve-web-app.ts";
import { connectOnedrive, openAsDemo } from "./support/demo-session.ts";

const ASIN = "B0CRL7K2M1";

Deno.test("Videos in OneDrive are chosen, played, missed and kept, in a browser", async (t) => {
  const stack = await startStack({ basePort: 31_550 });
  await processAtOnce(stack.env);
  const clip = await Deno.readFile(
    new URL("../support/fixtures/clip.mp4", import.meta.url),
  );
  const drive = await openDrive(stack.env, "demo");
  for (const name of ["alpha", "beta", "gamma", "delta"]) {
    await drive.put(`Shoots/${name}.mp4`, clip);
  }
  await drive.put("Shoots/More/epsilon.mp4", clip);
  await drive.put("Shoots/notes.txt", clip.slice(0, 50));
  const web = await serveWebApp(stack.env);
  const browser = await launchBrowser();
  try {
    const { page, problems } = await openAsDemo(browser, web.url);
    const dialog = page.getByRole("dialog");

    await t.step(
      "a refused consent is told to the page that asked",
      async () => {
        await page.goto(`${web.url}/settings/onedrive`);
        const popup = page.waitForEvent("popup");
        await page.getByRole("button", { name: "Connect OneDrive" }).first()
          .click();
        await (await popup).getByLabel("Account name").fill("office+approval");
        await (await popup).getByRole("button", { name: "Accept" }).click();
        await page.getByText(/wants an administrator to approve/).waitFor();
        await (await popup).close();
      },
    );

    await t.step(
      "a folder is walked into with the keyboard alone",
      async () => {
        await connectOnedrive(page, web.url, "demo");
        await openProduct(page, web.url);
        await page.getByRole("button", { name: "Choose from OneDrive" })
          .focus();
        await page.keyboard.press("Enter");
        await dialog.getByRole("button", { name: /Shoots/ }).focus();
        await page.keyboard.press("Enter");
        await dialog.getByRole("button", { name: /More/ }).focus();
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Space");
        await page.keyboard.press("End");
        await page.keyboard.press("Space");
        await dialog.getByText(/^2 videos ·/).waitFor();
        assert.deepEqual(await chosenNames(page), ["alpha", "gamma"]);
        assert.equal(await dialog.getByText("notes.txt").count(), 0);
      },
    );

    await t.step("Shift takes everything in between", async () => {
      await dialog.getByRole("checkbox", { name: /gamma/ }).uncheck();
      await dialog.getByText("alpha.mp4").click();
      await dialog.getByText("alpha.mp4").click();
      await dialog.getByText("delta.mp4").click({ modifiers: ["Shift"] });
      assert.deepEqual(await chosenNames(page), ["alpha", "beta", "delta"]);
      await dialog.getByRole("checkbox", { name: /beta/ }).uncheck();
    });

    await t.step(
      "a search narrows the folder and says when nothing is left",
      async () => {
        await dialog.getByRole("searchbox").fill("bet");
        assert.equal(await dialog.getByRole("checkbox").count(), 1);
        await dialog.getByRole("searchbox").fill("no such thing");
        await dialog.getByText("Nothing in this folder has that name.")
          .waitFor();
        await dialog.getByRole("searchbox").fill("");
      },
    );

    await t.step(
      "chosen videos are on the product, with OneDrive's pictures and their tasks",
      async () => {
        await dialog.getByRole("button", { name: "Add 2 videos" }).click();
        await page.getByText("2 videos added from OneDrive").waitFor();
        const card = page.getByRole("button", { name: "Play alpha.mp4" });
        await eventually(
          "the picture is loaded",
          () => card.locator("img").evaluate((image: HTMLImageElement) => image.naturalWidth > 0),
        );
        await page.getByRole("region", { name: /Tasks of alpha.mp4/ }).first()
          .waitFor();
      },
    );

    await t.step("a chosen video plays", async () => {
      await page.getByRole("button", { name: "Play alpha.mp4" }).click();
      await eventually(
        "the first frame",
        () => page.locator("video").evaluate((video: HTMLVideoElement) => video.readyState >= 2),
      );
      await page.keyboard.press("Escape");
    });

    await t.step("what is here already cannot be chosen again", async () => {
      await page.getByRole("button", { name: "Choose from OneDrive" }).click();
      await dialog.getByRole("button", { name: /Shoots/ }).click();
      await dialog.getByText("beta.mp4").waitFor();
      assert.equal(await dialog.getByText("Added").count(), 2);
      assert.equal(await dialog.getByRole("checkbox").count(), 2);
    });

    await t.step("a whole folder is taken with its subfolders", async () => {
      await dialog.getByRole("button", { name: "Add whole folder" }).click();
      await dialog.getByLabel("With those in its subfolders").check();
      await dialog.getByRole("button", { name: "Add folder" }).click();
      await page.getByText("3 videos added from OneDrive").waitFor();
      await page.getByText("2 videos were here already.").waitFor();
      await page.getByRole("button", { name: "Play epsilon.mp4" }).waitFor();
    });

    await t.step(
      "deleting one keeps its file unless asked otherwise",
      async () => {
        await page.getByRole("button", { name: "More actions for beta.mp4" })
          .click();
        await page.getByRole("menuitem", { name: "Delete video" }).click();
        assert.equal(
          await page.getByLabel("Delete the file in OneDrive too").isChecked(),
          false,
        );
        await page.getByRole("button", { name: "Delete video" }).click();
        await page.getByText("beta.mp4 deleted").waitFor();
        const files = await createControl(stack.env.SANDBOX_URL!).files();
        assert.ok(files.some(({ path }) => path === "/Shoots/beta.mp4"));
      },
    );

    await t.step(
      "a file that was deleted in OneDrive is said to be missing",
      async () => {
        await drive.remove((await drive.find("Shoots/gamma.mp4")).id);
        await page.getByRole("button", { name: "Play gamma.mp4" }).click();
        await dialog.getByText(/deleted or moved out of your OneDrive/)
          .waitFor();
        await page.keyboard.press("Escape");
        await page.reload();
        await page.getByText("Missing in OneDrive").first().waitFor();
        assert.ok(
          await page.getByRole("button", { name: "Play gamma.mp4" })
            .isDisabled(),
        );
      },
    );

    await t.step(
      "another account is asked about with both names, and declining changes nothing",
      async () => {
        await page.goto(`${web.url}/settings/onedrive`);
        const { url } = await page.evaluate(readAuthUrl, stack.env.API_URL!);
        const other = await page.context().newPage();
        await other.goto(`${url}&sandbox_account=second`);
        const question = other.getByRole("alertdialog");
        await question.getByText("second@outlook.example").waitFor();
        await question.getByText("demo@outlook.example").waitFor();
        await question.getByRole("button", { name: "Keep the old one" })
          .click();
        await page.reload();
        await page.getByText("demo@outlook.example").first().waitFor();
        await other.close();
      },
    );

    assert.deepEqual(problems.filter((text) => !/422|404/.test(text)), []);
  } finally {
    await browser.close();
    await web.stop();
    await stack.stop();
  }
});

async function openProduct(page: Page, webUrl: string): Promise<void> {
  await page.goto(`${webUrl}/products?q=${ASIN}`);
  await page.getByRole("main").getByRole("listitem").filter({ hasText: ASIN })
    .getByRole("link").click();
  await page.getByRole("heading", { name: "Videos" }).waitFor();
}

/** Names of the chosen videos of the open folder, without their extension. */
async function chosenNames(page: Page): Promise<string[]> {
  const labels = await page.getByRole("dialog").locator(
    "label:has(input:checked)",
  ).allInnerTexts();
  return labels.map((text) => /(\w+)\.mp4/.exec(text)?.[1] ?? "").toSorted();
}

/** Runs in the page: asks for a consent address as the signed-in person. */
async function readAuthUrl(apiUrl: string): Promise<{ url: string }> {
  const stored = Object.entries(localStorage).find(([name]) => name.endsWith("-auth-token"))![1];
  const { access_token: token } = JSON.parse(stored);
  const answer = await fetch(`${apiUrl}/functions/v1/onedrive/auth-url`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return await answer.json();
}

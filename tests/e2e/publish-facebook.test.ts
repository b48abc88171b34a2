import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import { openConsent, rowOf, startPublishing, uploadClip } from "./support/publishing.ts";

const UPRIGHT = new URL("../support/fixtures/upright.mp4", import.meta.url);

Deno.test("A Reel goes to a Facebook Page beside Instagram, in a browser", async (t) => {
  const app = await startPublishing(28_350);
  const { page, problems, webUrl, dialog } = app;
  const closeAll = () =>
    Promise.all(page.context().pages().filter((each) => each !== page).map((each) => each.close()));
  try {
    await app.control.set({ service: "meta", processing_ms: 300 });
    const productUrl = await uploadClip(page, webUrl, await Deno.readFile(UPRIGHT));
    await page.goto(`${webUrl}/settings/accounts`);

    await t.step("whoever has no Page, or may not post to it, is told what to do", async () => {
      for (
        const [account, said] of [
          ["demo+empty", "Reels go to Pages. Without one"],
          ["demo+analyst", "Ask whoever manages the Page to open its settings"],
        ] as const
      ) {
        const consent = await openConsent(page, "Connect Facebook", account);
        await consent.getByText(said).waitFor();
        await page.getByRole("alert").getByText(said).waitFor();
        await closeAll();
      }
      await page.getByRole("button", { name: "Got it" }).click();
    });

    await t.step("a Page and its Instagram account are connected", async () => {
      await openConsent(page, "Connect with Facebook", "demo");
      await page.getByRole("list", { name: "Instagram accounts" }).getByText("Connected", { exact: true })
        .waitFor();
      await openConsent(page, "Connect Facebook", "demo");
      const pages = page.getByRole("list", { name: "Facebook accounts" });
      await pages.getByText("Demo Finds").waitFor();
      await pages.getByText("Connected", { exact: true }).waitFor();
    });

    await t.step("beside Instagram the form offers its Page", async () => {
      await page.goto(productUrl);
      await page.getByRole("button", { name: "Publish clip.mp4" }).click();
      const also = dialog.getByRole("checkbox", { name: "Also post to Facebook" });
      await also.uncheck();
      await dialog.getByRole("group", { name: "Facebook" }).waitFor({ state: "detached" });
      await also.check();
      await dialog.getByRole("group", { name: "Facebook" }).getByText("The file fits Facebook.").waitFor();
    });

    await t.step("what Facebook would refuse is said before anything is sent", async () => {
      await dialog.getByLabel("Caption", { exact: true }).fill("x".repeat(2201));
      await dialog.getByText("2,201 / 2,200 characters").last().waitFor();
      await dialog.getByRole("textbox", { name: "Reel title" }).fill("y".repeat(256));
      await dialog.getByRole("button", { name: "Publish now" }).click();
      await dialog.getByText("Use at most 255 characters.").waitFor();
      await dialog.getByText(/takes at most 2,200 characters, hashtags included/).waitFor();
    });

    await t.step("one post goes to both, and the Reel plays on the Page", async () => {
      await dialog.getByLabel("Caption", { exact: true }).fill("Pours well.");
      await dialog.getByRole("textbox", { name: "Reel title" }).fill("The kettle");
      await dialog.getByRole("button", { name: "Publish now" }).click();
      await dialog.getByRole("link", { name: /Open on Instagram/ }).waitFor({ timeout: 120_000 });
      const opened = page.context().waitForEvent("page");
      await dialog.getByRole("link", { name: /Open on Facebook/ }).click({ timeout: 120_000 });
      const post = await opened;
      await post.getByRole("heading", { name: "The kettle" }).waitFor();
      await eventually(
        "the video plays",
        () => post.locator("video").evaluate((video: HTMLVideoElement) => video.readyState >= 2),
        60_000,
      );
      await post.close();
      const posts = await app.posts();
      assert.deepEqual(posts.map(({ platform }) => platform).toSorted(), ["facebook", "instagram"]);
      await dialog.getByRole("button", { name: "Done" }).click();
    });

    await t.step("what is on Instagram already is posted to the Page too", async () => {
      await page.getByRole("button", { name: "Publish clip.mp4" }).click();
      await dialog.getByRole("checkbox", { name: "Also post to Facebook" }).uncheck();
      await dialog.getByLabel("Caption", { exact: true }).fill("First on Instagram.");
      await dialog.getByLabel("Hashtags").fill("kettle");
      await dialog.getByRole("button", { name: "Publish now" }).click();
      await dialog.getByRole("link", { name: /Open on Instagram/ }).waitFor({ timeout: 120_000 });
      await dialog.getByRole("button", { name: "Done" }).click();
      const row = rowOf(page, "First on Instagram.", "Instagram");
      await row.getByRole("button", { name: /^Post to Facebook too/ }).click();
      await dialog.getByRole("group", { name: "Facebook" }).waitFor();
      assert.equal(await dialog.getByLabel("Caption", { exact: true }).inputValue(), "First on Instagram.");
      assert.equal(await dialog.getByRole("group", { name: "Instagram" }).count(), 0);
      await dialog.getByRole("button", { name: "Publish now" }).click();
      await dialog.getByRole("link", { name: /Open on Facebook/ }).waitFor({ timeout: 120_000 });
      const crossed = (await app.posts()).filter(({ caption }) => caption.includes("First on Instagram."));
      assert.deepEqual(crossed.map(({ platform }) => platform).toSorted(), ["facebook", "instagram"]);
      assert.ok(crossed.every(({ caption }) => caption.endsWith("#kettle")));
      await page.keyboard.press("Escape");
    });

    await t.step("whoever asks for deletion at Facebook reads that it is done", async () => {
      const settings = await page.context().newPage();
      await settings.goto(`${app.env.SANDBOX_URL}/meta`);
      await settings.getByRole("button", { name: "Remove app and delete data" }).last().click();
      const answer = await settings.getByText(/confirmation_code/).innerText();
      await settings.goto(/"url":"([^"]+)"/.exec(answer)![1]!);
      await settings.getByText(/^Done /).waitFor();
      await settings.close();
      await page.goto(`${webUrl}/settings/accounts`);
      await page.getByRole("button", { name: "Connect Facebook" }).waitFor();
      assert.equal(await page.getByRole("list", { name: "Instagram accounts" }).count(), 0);
    });

    assert.deepEqual(problems.filter((text) => !/422/.test(text)), []);
  } finally {
    await app.stop();
  }
});

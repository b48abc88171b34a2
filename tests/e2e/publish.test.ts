import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import { focusedLabel, openConsent, startPublishing, uploadClip } from "./support/publishing.ts";

const TITLE = "A kettle that pours well";

Deno.test("A video goes to YouTube from its product's page, in a browser", async (t) => {
  const app = await startPublishing(31_700);
  const { page, problems, webUrl, dialog } = app;
  try {
    const productUrl = await uploadClip(page, webUrl);

    await t.step("without an account the dialog teaches and leads to the accounts", async () => {
      await page.getByRole("button", { name: "Publish clip.mp4" }).click();
      await dialog.getByText("Connect where your videos should go").waitFor();
      await dialog.getByRole("link", { name: "Connect an account" }).click();
      await page.waitForURL(`${webUrl}/settings/accounts`);
    });

    await t.step("a personal Instagram account is told what to do", async () => {
      const consent = await openConsent(page, "Connect with Instagram", "demo+personal");
      await consent.getByText("Tap Switch to professional account").waitFor();
      await page.getByText("Instagram was not connected").waitFor();
      await consent.close();
    });

    await t.step("a YouTube channel is connected in a small window", async () => {
      const consent = await openConsent(page, "Connect YouTube", "demo");
      const accounts = page.getByRole("list", { name: "YouTube accounts" });
      await accounts.getByText("Connected", { exact: true }).waitFor();
      await eventually("the window is closed", () => consent.isClosed());
    });

    await t.step("what YouTube would refuse is said before anything is sent", async () => {
      await page.goto(productUrl);
      await page.getByRole("button", { name: "Publish clip.mp4" }).click();
      await dialog.getByLabel("Caption", { exact: true }).fill("ä".repeat(2501));
      await dialog.getByText("5,002 / 5,000 bytes").waitFor();
      await dialog.getByRole("button", { name: "Publish now" }).click();
      await dialog.getByText("YouTube takes at most 5,000 bytes, hashtags included.").waitFor();
      assert.equal(await focusedLabel(page), "Caption");
    });

    await t.step("a double click and a lost answer publish once, and the link plays", async () => {
      await page.route("**/functions/v1/publish/posts", async (route) => {
        await route.fetch();
        await route.abort();
      }, { times: 1 });
      await dialog.getByLabel("Caption", { exact: true }).fill("Boils in three minutes.");
      await dialog.getByLabel("Hashtags").fill("#kettle coffee");
      await dialog.getByRole("textbox", { name: "Title" }).fill(TITLE);
      await dialog.getByRole("button", { name: "Publish now" }).dblclick();
      await dialog.getByText("Published", { exact: true }).waitFor({ timeout: 60_000 });
      const opened = page.context().waitForEvent("page");
      await dialog.getByRole("link", { name: /Open on YouTube/ }).click();
      const post = await opened;
      await eventually(
        "the video plays",
        () => post.locator("video").evaluate((video: HTMLVideoElement) => video.readyState >= 2),
        60_000,
      );
      await post.close();
      const posts = await app.posts();
      assert.equal(posts.length, 1);
      assert.match(posts[0]!.caption, /Boils in three minutes\.\s+#kettle #coffee/);
    });

    await t.step("closing gives the focus back, and the page lists the post", async () => {
      await dialog.getByRole("button", { name: "Done" }).click();
      await dialog.waitFor({ state: "detached" });
      await eventually("the focus is back", async () => /Publish/.test(await focusedLabel(page)));
      const posts = page.getByRole("region", { name: "Posts" });
      await posts.getByText("On YouTube since").waitFor();
    });

    await t.step("the same once more is asked about", async () => {
      await page.getByRole("button", { name: "Publish clip.mp4" }).click();
      await dialog.getByLabel("Caption", { exact: true }).fill("Boils in three minutes.");
      await dialog.getByLabel("Hashtags").fill("kettle coffee");
      await dialog.getByRole("button", { name: "Publish now" }).click();
      await dialog.getByText("This is posted there already, or will be").waitFor();
      assert.equal(await page.getByRole("dialog").count(), 1);
      await dialog.getByRole("button", { name: "Post again" }).waitFor();
    });

    await t.step("a scheduled post is canceled before its time", async () => {
      await dialog.getByLabel("Caption", { exact: true }).fill("Tomorrow's words.");
      await dialog.getByRole("radio", { name: "At a time" }).click();
      await dialog.getByLabel("Day and time").fill(tomorrowAtNoon());
      await dialog.getByText(/^Tomorrow at 12:00 /).waitFor();
      await dialog.getByRole("button", { name: "Schedule" }).click();
      await dialog.getByText("Scheduled", { exact: true }).waitFor();
      await dialog.getByRole("button", { name: /^Cancel/ }).click();
      assert.equal(await focusedLabel(page), "Keep it");
      await page.keyboard.press("Escape");
      assert.match(await focusedLabel(page), /^Cancel/);
      await page.keyboard.press("Enter");
      await dialog.getByRole("button", { name: "Cancel post" }).click();
      await dialog.getByText("Canceled", { exact: true }).waitFor();
      assert.equal((await app.posts()).length, 1);
      await page.keyboard.press("Escape");
    });

    await t.step("an Instagram account is connected through its Page, and a reel goes there", async () => {
      await page.goto(`${webUrl}/settings/accounts`);
      await openConsent(page, "Connect with Facebook", "demo");
      await page.getByRole("list", { name: "Instagram accounts" }).getByText("Connected", { exact: true })
        .waitFor();
      await page.goto(productUrl);
      await page.getByRole("button", { name: "Publish clip.mp4" }).click();
      await dialog.getByText("YouTube", { exact: true }).first().click();
      await dialog.getByLabel("Caption", { exact: true }).fill("As a reel.");
      await dialog.getByText("10 / 2,200 characters").waitFor();
      await dialog.getByRole("button", { name: "Publish now" }).click();
      await dialog.getByRole("link", { name: /Open on Instagram/ }).waitFor({ timeout: 120_000 });
      const posts = await app.posts();
      assert.deepEqual(posts.map(({ platform }) => platform).toSorted(), ["instagram", "youtube"]);
      await page.keyboard.press("Escape");
    });

    await t.step("an account is disconnected after a question", async () => {
      await page.goto(`${webUrl}/settings/accounts`);
      await page.getByRole("button", { name: /^Disconnect/ }).first().click();
      await page.getByRole("alertdialog").getByRole("button", { name: "Disconnect" }).click();
      await page.getByRole("button", { name: "Connect YouTube" }).waitFor();
    });

    assert.deepEqual(problems.filter((text) => !/409|422|ERR_FAILED/.test(text)), []);
  } finally {
    await app.stop();
  }
});

function tomorrowAtNoon(): string {
  return `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T12:00`;
}

import assert from "node:assert/strict";
import { createVideoBytes } from "../functions/support/video-bytes.ts";
import { eventually } from "../support/eventually.ts";
import { focusedLabel, openConsent, startPublishing, uploadClip } from "./support/publishing.ts";

Deno.test("A video goes to TikTok as its person chose, in a browser", async (t) => {
  const app = await startPublishing(28_700);
  const { page, problems, webUrl, dialog } = app;
  const privacy = dialog.getByRole("combobox", { name: "Who can see it" });
  const box = (name: string | RegExp) => dialog.getByRole("checkbox", { name });
  const disclosure = dialog.getByRole("switch", { name: "Disclose that it promotes something" });
  try {
    const productUrl = await uploadClip(page, webUrl, await createVideoBytes(300_000, "tiktok", "upright"));

    await t.step("somebody who declines to let Cliprelay post is told what to do", async () => {
      await page.goto(`${webUrl}/settings/accounts`);
      const opened = page.waitForEvent("popup");
      await page.getByRole("button", { name: "Connect with TikTok" }).click();
      const consent = await opened;
      await consent.getByLabel("Account name").fill("demo");
      await consent.getByLabel("Post content to TikTok").uncheck();
      await consent.getByRole("button", { name: "Continue" }).click();
      await page.getByRole("alert").getByText("leave every switch on TikTok's page on").first().waitFor();
      await consent.close();
    });

    await t.step("an account is connected in a small window", async () => {
      await openConsent(page, "Connect with TikTok", "demo");
      const accounts = page.getByRole("list", { name: "TikTok accounts" });
      await accounts.getByText("Connected", { exact: true }).waitFor();
      await accounts.getByText("@demo").waitFor();
    });

    await t.step("the form says who posts, and chooses nothing for them", async () => {
      await page.goto(productUrl);
      await page.getByRole("button", { name: "Publish clip.mp4" }).click();
      await dialog.getByText("Posting as Demo").waitFor();
      await dialog.getByText("@demo · videos up to 10 minutes").waitFor();
      assert.equal(await privacy.inputValue(), "");
      for (const name of ["Comments", "Duets", "Stitches", /^AI-generated/]) {
        assert.equal(await box(name).isChecked(), false, String(name));
      }
      assert.equal(await disclosure.isChecked(), false);
      await dialog.getByText(/By posting, you agree to TikTok's Music Usage Confirmation\./).waitFor();
    });

    await t.step("without an audience nothing is sent, and the question has the focus", async () => {
      await dialog.getByLabel("Caption", { exact: true }).fill("Boils in three minutes.");
      await dialog.getByRole("button", { name: "Publish now" }).click();
      await dialog.getByText("Choose who can see it.").waitFor();
      assert.equal(await focusedLabel(page), "Who can see it");
      assert.deepEqual(await app.posts(), []);
    });

    await t.step("only what the account offers can be chosen", async () => {
      const names = await privacy.locator("option:not([disabled])").allInnerTexts();
      assert.deepEqual(names, ["Everyone", "Friends: followers you follow back", "Only you"]);
    });

    await t.step("a disclosure is complete, has its label, and is never private", async () => {
      await privacy.selectOption("Everyone");
      await disclosure.click();
      await dialog.getByRole("button", { name: "Publish now" }).click();
      await dialog.getByText("Say whether it promotes you, somebody else, or both.").waitFor();
      await box(/^Your brand/).check();
      await dialog.getByText("TikTok labels your video “Promotional content”").waitFor();
      await box(/^Branded content/).check();
      await dialog.getByText("TikTok labels your video “Paid partnership”").waitFor();
      await dialog.getByText(/agree to TikTok's Branded Content Policy and Music Usage Confirmation\./)
        .waitFor();
      assert.ok(await privacy.getByRole("option", { name: "Only you" }).isDisabled());
      await box(/^Branded content/).uncheck();
      await privacy.selectOption("Only you");
      assert.ok(await box(/^Branded content/).isDisabled());
      await privacy.selectOption("Everyone");
      await box(/^Branded content/).check();
    });

    await t.step("the post is there as it was chosen, and its link plays", async () => {
      await box("Comments").check();
      await box(/^AI-generated/).check();
      await dialog.getByRole("button", { name: "Publish now" }).click();
      await dialog.getByText("Published", { exact: true }).waitFor({ timeout: 60_000 });
      const opened = page.context().waitForEvent("page");
      await dialog.getByRole("link", { name: /Open on TikTok/ }).click();
      const post = await opened;
      for (const word of ["Paid partnership", "AI-generated", "no duets", "no stitches"]) {
        await post.getByText(word, { exact: true }).waitFor();
      }
      assert.equal(await post.getByText("no comments").count(), 0);
      await eventually(
        "the video plays",
        () => post.locator("video").evaluate((video: HTMLVideoElement) => video.readyState >= 2),
        60_000,
      );
      await post.close();
      assert.deepEqual((await app.posts()).map(({ caption }) => caption), ["Boils in three minutes."]);
      await dialog.getByRole("button", { name: "Done" }).click();
    });

    await t.step("a scheduled post is opened again as it was chosen", async () => {
      await page.getByRole("button", { name: "Publish clip.mp4" }).click();
      await dialog.getByLabel("Caption", { exact: true }).fill("For tomorrow.");
      await privacy.selectOption("Only you");
      await box("Duets").check();
      await dialog.getByRole("radio", { name: "At a time" }).click();
      await dialog.getByRole("button", { name: "Schedule" }).click();
      await dialog.getByText("Scheduled", { exact: true }).waitFor();
      await dialog.getByRole("button", { name: "Done" }).click();
      await page.goto(`${webUrl}/posts`);
      const card = page.getByRole("list", { name: "Posts", exact: true }).locator("> li")
        .filter({ hasText: "For tomorrow." });
      await card.getByRole("button", { name: /^(Edit|Change)/ }).first().click();
      await dialog.getByText("Posting as Demo").waitFor();
      await eventually("the audience is there", async () => await privacy.inputValue() === "SELF_ONLY");
      assert.deepEqual([await box("Duets").isChecked(), await box("Comments").isChecked()], [true, false]);
      await page.keyboard.press("Escape");
    });

    await t.step("what an account has switched off is grey, and why it cannot post is said", async () => {
      await page.goto(`${webUrl}/settings/accounts`);
      await page.getByText("Connect another account").last().click();
      await openConsent(page, "Connect with TikTok", "quinn+quiet");
      await page.getByRole("list", { name: "TikTok accounts" }).getByText("Quinn", { exact: true }).waitFor();
      await app.control.set({ service: "tiktok", banned: true });
      await page.goto(productUrl);
      await page.getByRole("button", { name: "Publish clip.mp4" }).click();
      await dialog.getByRole("group", { name: "Post to" }).getByText("Quinn", { exact: true }).click();
      await dialog.getByText("The platform restricts this account.").waitFor();
      await app.control.set({ service: "tiktok", banned: null });
      await page.reload();
      await page.getByRole("button", { name: "Publish clip.mp4" }).click();
      await dialog.getByRole("group", { name: "Post to" }).getByText("Quinn", { exact: true }).click();
      await dialog.getByText("Off in the account's settings").first().waitFor();
      for (const name of [/^Comments/, /^Duets/, /^Stitches/]) assert.ok(await box(name).isDisabled());
      await page.keyboard.press("Escape");
    });

    await t.step("a video that is too long for an account is told at once", async () => {
      await page.goto(`${webUrl}/settings/accounts`);
      await page.getByText("Connect another account").last().click();
      await openConsent(page, "Connect with TikTok", "shorty+short");
      await page.getByRole("list", { name: "TikTok accounts" }).getByText("Shorty", { exact: true })
        .waitFor();
      await page.goto(productUrl);
      await page.getByRole("button", { name: "Publish clip.mp4" }).click();
      await dialog.getByRole("group", { name: "Post to" }).getByText("Shorty", { exact: true }).click();
      await dialog.getByRole("alert").getByText("The video lasts 4 seconds; TikTok takes 3 seconds")
        .waitFor();
      await page.keyboard.press("Escape");
    });

    assert.deepEqual(problems.filter((text) => !/422/.test(text)), []);
  } finally {
    await app.stop();
  }
});

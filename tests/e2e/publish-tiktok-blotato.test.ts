import assert from "node:assert/strict";
import { createVideoBytes } from "../functions/support/video-bytes.ts";
import { compose, focusedLabel, rowOf, startPublishing, uploadClip } from "./support/publishing.ts";

const CAPTION = "Through Blotato";

Deno.test("TikTok through Blotato, from the key to a video that plays, in a browser", async (t) => {
  const app = await startPublishing(28_500);
  const { page, problems, webUrl, dialog, control } = app;
  const keyField = dialog.getByLabel("Blotato API key");
  const accounts = page.getByRole("list", { name: "TikTok accounts" });
  try {
    await control.set({ service: "blotato", processing_ms: 300 });
    await page.goto(`${webUrl}/settings/accounts`);

    await t.step("the dialog says where the key is found and waits for it", async () => {
      await page.getByRole("button", { name: "Connect through Blotato" }).click();
      await keyField.waitFor();
      assert.equal(await focusedLabel(page), "Blotato API key");
      assert.equal(await keyField.getAttribute("type"), "password");
      await page.keyboard.press("Enter");
      await dialog.getByRole("alert").getByText("Paste the key first.").waitFor();
    });

    await t.step("a key that Blotato refuses is said so, and stays to be mended", async () => {
      for (
        const [key, said] of [
          ["blotato-demo=", "Blotato does not know this API key."],
          ["blotato-demo+trial", "Your Blotato plan does not include its API."],
          ["blotato-demo+empty", "No TikTok account is connected at Blotato yet."],
        ] as const
      ) {
        await keyField.fill(key);
        await page.keyboard.press("Enter");
        await dialog.getByRole("alert").getByText(said).waitFor();
        assert.equal(await keyField.inputValue(), key);
      }
      assert.equal(await accounts.count(), 0);
    });

    await t.step("the accounts behind a key are there to choose from, by keyboard too", async () => {
      await keyField.fill("  blotato-demo+two ");
      await dialog.getByRole("button", { name: "Continue" }).click();
      await dialog.getByRole("radio", { name: "Demo @demo", exact: true, checked: true })
        .waitFor({ state: "attached" });
      await page.keyboard.press("ArrowDown");
      await dialog.getByRole("radio", { name: /Demo Shop/, checked: true }).waitFor({ state: "attached" });
      await page.keyboard.press("Enter");
      await accounts.getByText("Demo Shop", { exact: true }).waitFor();
      await accounts.getByText("Connected", { exact: true }).waitFor();
      await accounts.getByText("Through Blotato ·").waitFor();
      await accounts.getByText("Works as long as its API key does.").waitFor();
      await dialog.waitFor({ state: "detached" });
    });

    await t.step("a video goes out with its choices and plays", async () => {
      const bytes = await createVideoBytes(600_000, "tiktok", "upright");
      await uploadClip(page, webUrl, bytes);
      await compose(page, CAPTION);
      await dialog.getByLabel("Who can see it").selectOption({ label: "Followers" });
      await dialog.getByRole("checkbox", { name: "AI-generated content" }).check();
      await dialog.getByRole("button", { name: "Publish now" }).click();
      await page.goto(`${webUrl}/posts`);
      const row = rowOf(page, CAPTION, "TikTok");
      const opened = page.waitForEvent("popup");
      await row.getByRole("link", { name: /TikTok/ }).click();
      const shown = await opened;
      for (const words of ["@demo.shop", "Followers", "AI-generated", CAPTION]) {
        await shown.getByText(words, { exact: words !== CAPTION }).first().waitFor();
      }
      await shown.waitForFunction(() => {
        const video = document.querySelector("video")!;
        return video.readyState >= 2 && video.videoWidth === 540;
      });
      await shown.close();
      assert.deepEqual((await app.posts()).map(({ platform }) => platform), ["tiktok"]);
    });

    await t.step("after the key was revoked a new one takes the same account up again", async () => {
      await app.sql`update public.oauth_connections set status = 'expired' where platform = 'tiktok'`;
      await page.goto(`${webUrl}/settings/accounts`);
      await page.getByRole("button", { name: "Reconnect Demo Shop" }).click();
      await keyField.fill("blotato-demo+two:2");
      await page.keyboard.press("Enter");
      await dialog.getByRole("radio", { name: /Demo Shop/, checked: true }).waitFor({ state: "attached" });
      await dialog.getByRole("button", { name: "Connect", exact: true }).click();
      await accounts.getByText("Connected", { exact: true }).waitFor();
      assert.equal(await accounts.getByRole("listitem").count(), 1);
    });

    await t.step("disconnecting takes it away", async () => {
      await page.getByRole("button", { name: "Disconnect Demo Shop" }).click();
      await page.getByRole("alertdialog").getByRole("button", { name: "Disconnect" }).click();
      await accounts.waitFor({ state: "detached" });
    });

    assert.deepEqual(problems.filter((text) => !/422/.test(text)), []);
  } finally {
    await app.stop();
  }
});

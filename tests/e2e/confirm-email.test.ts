import assert from "node:assert/strict";
import { createAuthWorld, linkOf } from "../stack/auth/auth-world.ts";
import { launchBrowser } from "../support/browser.ts";
import { serveWebApp } from "../../scripts/serve-web-app.ts";

const PASSWORD = "correct horse battery";

Deno.test("Where addresses are confirmed, a person signs up, is sent to the mailbox and comes back signed in", async (t) => {
  await using world = await createAuthWorld(31_600, { enable_confirmations: "true" });
  const web = await serveWebApp(world.env);
  const browser = await launchBrowser();
  const email = world.newEmail();
  try {
    const page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(60_000);

    await t.step("sign-up leads to the page that asks to check the mail", async () => {
      await page.goto(`${web.url}/sign-up`);
      await page.getByLabel("E-mail").fill(email);
      await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
      await page.getByRole("button", { name: "Create account" }).click();
      await page.getByRole("heading", { name: "Check your mail" }).waitFor();
      await page.getByText(`We sent a link to ${email}.`).waitFor();
      assert.equal(await page.getByRole("button", { name: /^Send it again in/ }).isDisabled(), true);
    });

    await t.step("signing in before that says what is missing and sends the link again", async () => {
      await page.goto(`${web.url}/sign-in`);
      await page.getByLabel("E-mail").fill(email);
      await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByText("Confirm your e-mail first").waitFor();
      await page.getByRole("link", { name: "Send the link again" }).click();
      await page.getByRole("heading", { name: "Check your mail" }).waitFor();
    });

    await t.step("the link of the mail signs in", async () => {
      await page.goto(linkOf(await world.lastMail(email)));
      await page.waitForURL((url) => url.pathname === "/");
      await page.getByRole("button", { name: /^Your account/ }).first().waitFor();
    });

    await t.step("the same link a second time leads to asking for another", async () => {
      const stranger = await (await browser.newContext()).newPage();
      await stranger.goto(linkOf(await world.lastMail(email)));
      await stranger.getByRole("heading", { name: "This link does not work anymore" }).waitFor();
    });
  } finally {
    await browser.close();
    await web.stop();
  }
});

import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import postgres from "postgres";
import { launchBrowser } from "../support/browser.ts";
import { eventually } from "../support/eventually.ts";
import { startStack } from "../support/stack.ts";
import { serveWebApp } from "../../scripts/serve-web-app.ts";

const PASSWORD = "correct horse battery";
const NEW_PASSWORD = "another horse battery";

async function openPage(browser: Browser, problems: string[]): Promise<Page> {
  const page = await (await browser.newContext({ acceptDownloads: true })).newPage();
  page.setDefaultTimeout(60_000);
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    // The browser itself reports refusals, which are asked for here.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      problems.push(message.text());
    }
  });
  return page;
}

async function signIn(page: Page, url: string, email: string, password: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((address) => address.pathname === "/");
}

Deno.test("A person changes the password, ends a device, takes their data and leaves", async (t) => {
  const stack = await startStack({ basePort: 31_650 });
  const web = await serveWebApp(stack.env);
  const sql = postgres(stack.env.DB_URL!, { max: 1 });
  const browser = await launchBrowser();
  const problems: string[] = [];
  const email = `${crypto.randomUUID()}@example.test`;
  try {
    const page = await openPage(browser, problems);
    const other = await openPage(browser, problems);
    await page.goto(`${web.url}/sign-up`);
    await page.getByLabel("Your name").fill("Ann");
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.waitForURL((address) => address.pathname === "/");
    await signIn(other, web.url, email, PASSWORD);

    await t.step("both devices are listed, and the other one is signed out", async () => {
      await page.goto(`${web.url}/settings/security`);
      await page.getByText("This device").waitFor();
      await page.getByRole("button", { name: /^Sign out Chrome on/ }).click();
      await page.getByText("That device is signed out").waitFor();
      await eventually("one session is left", async () => {
        const rows = await sql`
          select from auth.sessions s join auth.users u on u.id = s.user_id where u.email = ${email}`;
        return rows.count === 1;
      });
    });

    await t.step("the password changes with the current one alone", async () => {
      await page.getByLabel("Current password").fill("not it");
      await page.getByLabel("New password").fill(NEW_PASSWORD);
      await page.getByLabel("Repeat it").fill(NEW_PASSWORD);
      await page.getByRole("button", { name: "Change password" }).click();
      await page.getByText("This is not your current password.").waitFor();
      await page.getByLabel("Current password").fill(PASSWORD);
      await page.getByRole("button", { name: "Change password" }).click();
      await page.getByText("Your new password is set").waitFor();
      await page.reload();
      await page.getByText("This device").waitFor();
    });

    await t.step("everything is downloaded as one document", async () => {
      await page.getByRole("link", { name: "Data & account" }).click();
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Download" }).click();
      const path = await (await download).path();
      const document = JSON.parse(await Deno.readTextFile(path));
      assert.equal(document.account.email, email);
      assert.equal(document.tables.profiles[0].display_name, "Ann");
      assert.equal(document.complete, true);
    });

    await t.step("an old session needs the password to delete the account", async () => {
      await sql`update auth.sessions set created_at = now() - interval '1 hour'`;
      await page.getByRole("button", { name: "Delete account" }).click();
      const remove = page.getByRole("button", { name: "Delete for good" });
      assert.equal(await remove.isDisabled(), true);
      await page.getByLabel("Type your e-mail address").fill(email.toUpperCase());
      await remove.click();
      await page.getByLabel("Password", { exact: true }).fill(NEW_PASSWORD);
      await remove.click();
      await page.getByText("Your account is closed").waitFor();
      assert.equal(new URL(page.url()).pathname, "/sign-in");
      await eventually("the account is gone", async () => {
        const rows = await sql`select from auth.users where email = ${email}`;
        return rows.count === 0;
      });
    });

    await t.step("an expired confirmation link offers another, and the mailbox fits a phone", async () => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto(`${web.url}/confirm-email#error=access_denied&error_code=otp_expired`);
      await page.getByRole("heading", { name: "This link does not work anymore" }).waitFor();
      await page.getByLabel("E-mail").fill(email);
      await page.getByRole("button", { name: "Send the link again" }).click();
      await page.getByRole("button", { name: /^Send it again in \d+ s$/ }).waitFor();

      await page.goto(`${web.url}/forgot-password`);
      await page.getByLabel("E-mail").fill("demo@cliprelay.test");
      await page.getByRole("button", { name: "Send the link" }).click();
      await page.getByText("Look into your mailbox").waitFor();
      for (const path of ["/", null]) {
        if (path) await page.goto(stack.env.MAIL_URL!);
        else await page.getByRole("link", { name: /Set a new password/ }).first().click();
        await page.getByRole("heading", { level: 1 }).waitFor();
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${page.url()} is ${overflow} px too wide`);
      }
    });
    assert.deepEqual(problems, []);
  } finally {
    await browser.close();
    await sql.end();
    await web.stop();
    await stack.stop();
  }
});

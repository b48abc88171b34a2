import assert from "node:assert/strict";
import { openConsent, startPublishing } from "./support/publishing.ts";

Deno.test("Why an account was not connected is said and stays, in a browser", async (t) => {
  const app = await startPublishing(31_750);
  const { page, problems, webUrl } = app;
  const closeAll = () =>
    Promise.all(page.context().pages().filter((each) => each !== page).map((each) => each.close()));
  try {
    await page.goto(`${webUrl}/settings/accounts`);
    await page.getByText("Cliprelay never sees your password.").waitFor();

    await t.step("whoever changes their mind is told that nothing happened", async () => {
      const opened = page.waitForEvent("popup");
      await page.getByRole("button", { name: "Connect YouTube" }).click();
      const consent = await opened;
      await consent.getByRole("button", { name: "Cancel" }).click();
      await page.getByRole("alert").getByText("You did not give access").waitFor();
      await closeAll();
    });

    for (
      const [what, button, account, said] of [
        ["a Google account without a channel", "Connect YouTube", "demo+empty", "then Create a channel"],
        [
          "a missing Facebook Page",
          "Connect with Facebook",
          "demo+empty",
          "choose Connect with Instagram instead",
        ],
        [
          "EC-5: a personal account",
          "Connect with Instagram",
          "demo+personal",
          "Switch to professional account",
        ],
      ] as const
    ) {
      await t.step(`${what} is explained in the small window and on the page`, async () => {
        const consent = await openConsent(page, button, account);
        await consent.getByText(said).first().waitFor();
        const notice = page.getByRole("alert");
        await notice.getByText(said).first().waitFor();
        assert.ok(
          await notice.getByRole("list").getByRole("listitem").count() >= 3,
          "what to do, step by step",
        );
        const [{ count }] = await app.sql<[{ count: number }]>`
          select count(*)::integer from public.oauth_connections`;
        assert.equal(count, 0);
        await closeAll();
      });
    }

    await t.step("an account shows the way it came by, and the notice goes", async () => {
      await page.getByRole("button", { name: "Got it" }).click();
      await openConsent(page, "Connect with Instagram", "demo");
      const accounts = page.getByRole("list", { name: "Instagram accounts" });
      await accounts.getByText("Through Instagram ·").waitFor();
      await accounts.getByText("Connected", { exact: true }).waitFor();
      assert.equal(await page.getByRole("alert").count(), 0);
    });

    await t.step("an account that ends soon says when, and is connected again in place", async () => {
      await app.sql`
        update public.oauth_connections
        set status = 'expiring', token_expires_at = now() + interval '5 days'`;
      await page.reload();
      const accounts = page.getByRole("list", { name: "Instagram accounts" });
      await accounts.getByText("Ends soon", { exact: true }).waitFor();
      await accounts.getByText(/Access ends on .* Reconnect to keep it\./).waitFor();
      await openConsent(page, /^Reconnect/, "demo");
      await accounts.getByText("Connected", { exact: true }).waitFor();
    });

    assert.deepEqual(problems.filter((text) => !/422/.test(text)), []);
  } finally {
    await app.stop();
  }
});

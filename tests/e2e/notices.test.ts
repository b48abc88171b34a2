import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import { connectPlatforms, publishNow, startPublishing, uploadClip } from "./support/publishing.ts";

interface Mail {
  id: string;
  from: string;
  to: string[];
  subject: string;
  text: string;
}

const LONG = { timeout: 90_000 };

Deno.test("What happened to posts is told in the app and by mail, in a browser", async (t) => {
  const app = await startPublishing(28_900);
  const { page, problems, webUrl, control, sql, env } = app;
  const listMails = async (): Promise<Mail[]> => {
    const mails: Mail[] = await (await fetch(`${env.SANDBOX_URL}/__sandbox/mails`)).json();
    return mails.filter(({ from, to }) => from.includes("notices@") && to.includes("demo@cliprelay.test"));
  };
  const mailsAbout = async (caption: string) =>
    (await listMails()).filter(({ text }) => text.includes(caption));
  const row = (name: string | RegExp) =>
    page.getByRole("main").getByRole("listitem").filter({
      has: page.getByRole("link", { name, exact: true }),
    });
  const openNotices = async () => {
    await page.getByRole("link", { name: /^Notifications/ }).first().click();
    await page.waitForURL(`${webUrl}/notifications`);
    await page.getByRole("heading", { name: "Notifications", level: 1 }).waitFor();
  };
  const publish = async (caption: string, places = ["YouTube"]) => {
    await page.goto(productUrl);
    await publishNow(page, caption, places);
    await page.getByRole("dialog").getByRole("list", { name: "Accounts of this post" }).waitFor();
    await page.keyboard.press("Escape");
  };
  let productUrl = "";
  try {
    productUrl = await uploadClip(page, webUrl);
    await connectPlatforms(page, webUrl);

    await t.step("the bell counts what is unread, and all of it is read at once", async () => {
      await page.goto(webUrl);
      await page.getByRole("link", { name: "Notifications, 1 unread" }).waitFor();
      await openNotices();
      await row("Welcome to Cliprelay").waitFor();
      await page.getByRole("button", { name: "Mark all as read" }).click();
      await page.getByRole("link", { name: "Notifications", exact: true }).waitFor();
    });

    await t.step("a published post is one notice and one mail, whose link leads to the post", async () => {
      await publish("A calm success.", ["YouTube", "Instagram"]);
      await page.goto(webUrl);
      await page.getByRole("link", { name: "Notifications, 1 unread" }).waitFor(LONG);
      const [mail] = await eventually("the mail", async () => {
        const mails = await mailsAbout("A calm success.");
        return mails.length > 0 && mails;
      }, 90_000);
      assert.equal(mail!.subject, "Published on Instagram and YouTube: A calm success.");
      await openNotices();
      await row("Published on Instagram and YouTube").waitFor();
      assert.equal(await row(/^Published on/).count(), 1);
      const mailbox = await page.context().newPage();
      await mailbox.goto(`${env.MAIL_URL}/mails/${mail!.id}`);
      const opened = mailbox.waitForEvent("popup");
      await mailbox.frameLocator("iframe").getByRole("link", { name: "Open the post" }).click();
      const post = await opened;
      await post.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
      await post.getByText("A calm success.").first().waitFor();
      await Promise.all([post.close(), mailbox.close()]);
      assert.equal((await mailsAbout("A calm success.")).length, 1);
    });

    await t.step("a failed post is one notice and one mail, with what to do", async () => {
      await control.fault({
        service: "google",
        method: "POST",
        path: "/upload/youtube/v3/videos",
        kind: "status",
        value: 400,
        times: 1,
      });
      await publish("A sad failure.");
      const [mail] = await eventually("the mail", async () => {
        const mails = await mailsAbout("A sad failure.");
        return mails.length > 0 && mails;
      }, 90_000);
      assert.equal(mail!.subject, "Not published on YouTube: A sad failure.");
      assert.match(mail!.text, /See what to do: http:\/\/\S+\/posts\/[0-9a-f-]{36}/);
      await page.goto(`${webUrl}/notifications`);
      await row("Not published on YouTube").first().waitFor();
      assert.equal(await row("Not published on YouTube").count(), 1);
      await row("Not published on YouTube").getByRole("link").click();
      await page.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
      await page.getByText("A sad failure.").first().waitFor();
      await openNotices();
      await row("Not published on YouTube").waitFor();
      assert.equal(
        await row("Not published on YouTube").getByText("Unread:").count(),
        0,
        "following a notice reads it",
      );
      assert.equal((await mailsAbout("A sad failure.")).length, 1);
    });

    await t.step("a kind that its user does not want by mail comes in the app alone", async () => {
      await page.getByRole("link", { name: /^Choose/ }).click();
      const group = page.getByRole("group", { name: "Published" });
      await group.getByRole("checkbox", { name: "Mail" }).uncheck();
      await eventually("the choice is stored", async () => {
        const [stored] = await sql`
          select by_mail from public.notification_preferences as preference
          join auth.users as account on account.id = preference.user_id
          where account.email = 'demo@cliprelay.test' and kind_group = 'published'`;
        return stored!.by_mail === false;
      });
      await page.reload();
      await group.getByRole("checkbox", { name: "Mail", checked: false }).waitFor();
      await publish("Only in the app.");
      await page.goto(`${webUrl}/notifications`);
      await row("Published on YouTube").waitFor(LONG);
      const [made] = await sql`
        select count(*)::int as count from private.mail_outbox where status in ('collecting', 'sending')`;
      assert.equal(made!.count, 0);
      assert.equal((await mailsAbout("Only in the app.")).length, 0);
    });

    await t.step(
      "notices are read and removed from the keyboard, and the focus stays in the list",
      async () => {
        const notice = row("Published on YouTube");
        await notice.getByRole("button", { name: /^Mark as read/ }).press("Enter");
        await notice.getByRole("button", { name: /^Mark as read/ }).waitFor({ state: "detached" });
        await notice.getByRole("button", { name: /^Remove/ }).press("Enter");
        await notice.waitFor({ state: "detached" });
        const focused = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
        assert.equal(focused, "Notices by day");
        await page.reload();
        await row("Welcome to Cliprelay").waitFor();
        assert.equal(await notice.count(), 0);
      },
    );

    assert.deepEqual(problems, []);
  } finally {
    await app.stop();
  }
});

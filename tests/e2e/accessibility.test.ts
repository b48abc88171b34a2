import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Locator } from "playwright-core";
import { createVideoBytes } from "../functions/support/video-bytes.ts";
import { eventually } from "../support/eventually.ts";
import { findBarriers } from "../support/find-barriers.ts";
import { connectPlatforms, openConsent, rowOf, startPublishing, uploadClip } from "./support/publishing.ts";

const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const CAPTION = "Written without a mouse.";
/** More than any page or dialog here has to press. */
const MANY_TABS = 150;

Deno.test("Every page and dialog is for everybody, in a browser", async (t) => {
  const app = await startPublishing(29_450);
  const { page, problems, webUrl, dialog } = app;
  page.on("console", (message) => {
    if (message.type() === "warning") problems.push(message.text());
  });
  /** In light on a wide screen and in dark on a phone, without leaving what is shown. */
  const look = async (place: string) => {
    assert.deepEqual(await findBarriers(page), [], `${place}, light`);
    await page.setViewportSize(PHONE);
    await page.emulateMedia({ colorScheme: "dark" });
    assert.deepEqual(await findBarriers(page), [], `${place}, dark, on a phone`);
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize(WIDE);
  };
  const hasFocus = (element: Locator) => element.evaluate((one) => one === document.activeElement);
  const tabTo = async (element: Locator) => {
    await element.waitFor();
    for (let press = 0; press < MANY_TABS && !await hasFocus(element); press++) {
      await page.keyboard.press("Tab");
    }
    assert.ok(await hasFocus(element), `${element} is reached by Tab`);
  };
  /** Opens a dialog by key, looks at it, tries to leave it by Tab, and closes it by Escape. */
  const visit = async (opener: Locator, role: "dialog" | "alertdialog" = "dialog") => {
    await opener.press("Enter");
    await page.getByRole(role).last().waitFor();
    // By its id: a dialog below it is hidden until it closes.
    const opened = page.locator(`[id="${await page.getByRole(role).last().getAttribute("id")}"]`);
    for (const part of ["aria-labelledby", "aria-describedby"]) {
      const id = await opened.getAttribute(part);
      assert.ok(id && (await page.locator(`[id="${id}"]`).innerText()).trim(), `${opener} has ${part}`);
    }
    const holdsFocus = () => opened.evaluate((box) => box.contains(document.activeElement));
    await eventually("the focus is in the dialog", holdsFocus);
    await page.keyboard.press("Shift+Tab");
    assert.ok(await holdsFocus(), "the focus stays when it goes back");
    await page.keyboard.press("Tab");
    assert.ok(await holdsFocus(), "the focus stays when it goes on");
    await look(`the dialog of ${opener}`);
    await page.keyboard.press("Escape");
    await opened.waitFor({ state: "detached" });
    await eventually("the focus is where it was", () => hasFocus(opener));
  };
  const button = (name: string | RegExp) => page.getByRole("button", { name }).first();

  try {
    const productUrl = await uploadClip(
      page,
      webUrl,
      await createVideoBytes(300_000, "for everybody", "upright"),
    );
    await page.getByLabel("Videos to upload").setInputFiles({
      name: "second.mp4",
      mimeType: "video/mp4",
      buffer: Buffer.from(await createVideoBytes(300_000, "the second", "upright")),
    });
    await button("Publish second.mp4").waitFor({ timeout: 60_000 });

    await t.step("pages say what to do where there is nothing yet", async () => {
      for (const path of ["/posts", "/settings/accounts", "/settings/slots", "/settings/templates"]) {
        await page.goto(webUrl + path);
        await page.getByText(/Your posts live here|Connect YouTube|No slots yet|No templates yet/).first()
          .waitFor();
        await look(`${path} without anything`);
      }
    });

    await connectPlatforms(page, webUrl);
    for (const [action, name] of [["Connect Facebook", "Facebook"], ["Connect with TikTok", "TikTok"]]) {
      await openConsent(page, action!, "demo");
      await page.getByRole("list", { name: `${name} accounts` }).getByText("Connected", { exact: true })
        .waitFor();
    }

    await t.step("a post is written, scheduled and seen by keys alone", async () => {
      await page.goto(productUrl);
      const opener = button("Publish clip.mp4");
      await tabTo(opener);
      await page.keyboard.press("Enter");
      await tabTo(dialog.getByRole("checkbox", { name: "Demo TikTok" }));
      await page.keyboard.press("Space");
      await tabTo(dialog.getByLabel("Caption", { exact: true }));
      await page.keyboard.type(CAPTION);
      await tabTo(dialog.getByRole("radio", { name: "Now" }));
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Space");
      await tabTo(dialog.getByRole("combobox", { name: "Time zone" }));
      await look("the form with a time");
      await tabTo(dialog.getByRole("button", { name: "Schedule" }));
      await page.keyboard.press("Enter");
      await dialog.getByText("Scheduled", { exact: true }).first().waitFor();
      await look("the results");
      await tabTo(dialog.getByRole("button", { name: "Done" }));
      await page.keyboard.press("Enter");
      await dialog.waitFor({ state: "detached" });
      await eventually("the focus is where it was", () => hasFocus(opener));
      await page.goto(`${webUrl}/posts`);
      await rowOf(page, CAPTION, "YouTube").getByText("Scheduled", { exact: true }).waitFor();
      assert.deepEqual(await app.posts(), [], "nothing goes out before its time");
    });

    await t.step("settings are filled in and looked at", async () => {
      await page.goto(`${webUrl}/settings/slots`);
      await button("Add 5 slots").press("Enter");
      await page.getByRole("button", { name: "Remove Friday at 18:00" }).waitFor();
      await look("slots");
      await page.goto(`${webUrl}/settings/templates`);
      await button("New template").press("Enter");
      await dialog.getByLabel("Name").fill("Review");
      await dialog.getByLabel("Caption", { exact: true }).fill("My review of the {title}: {link}");
      await dialog.getByRole("button", { name: "Save template" }).press("Enter");
      await visit(button("Edit Review"));
      await visit(button("Delete Review"), "alertdialog");
      await look("templates");
      await page.goto(`${webUrl}/settings/accounts`);
      await page.getByRole("region", { name: "TikTok" }).getByText("Connect another account").press("Enter");
      await visit(button("Connect through Blotato"));
      await visit(button(/^Disconnect .*Demo/), "alertdialog");
      await look("accounts");
    });

    await t.step("several videos are scheduled at once, and their page is looked at", async () => {
      await page.goto(`${webUrl}/videos`);
      await page.getByRole("list", { name: "Videos", exact: true }).getByRole("checkbox").first()
        .press("Space");
      await button("Choose all shown").press("Enter");
      await look("chosen videos");
      await visit(button("Publish 2 videos"));
      await button("Publish 2 videos").press("Enter");
      await dialog.getByRole("checkbox", { name: "Demo TikTok" }).press("Space");
      await dialog.getByLabel("Caption", { exact: true }).fill("{title}, in a minute");
      await dialog.getByRole("radio", { name: "In my slots" }).press("Space");
      await dialog.getByRole("table").getByText(/ at 18:00$/).first().waitFor();
      await look("the times of several videos");
      await dialog.getByRole("button", { name: "Schedule 2 videos" }).press("Enter");
      await page.waitForURL(/\/bulks\//);
      await page.getByText("Planned", { exact: true }).waitFor();
      await visit(button("Undo"), "alertdialog");
      await look("a bulk");
    });

    await t.step("the dialogs of a post are looked at", async () => {
      await page.goto(productUrl);
      await visit(button("Publish clip.mp4"));
      await button("Publish clip.mp4").press("Enter");
      await visit(dialog.getByRole("button", { name: "Choose a cover" }));
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      await page.goto(`${webUrl}/posts?q=${encodeURIComponent(CAPTION)}`);
      await rowOf(page, CAPTION, "YouTube").waitFor();
      await visit(button(/^Edit the post of/));
    });

    for (
      const [path, shown] of [
        ["/", /^Hello/],
        ["/products", "Products"],
        [new URL(productUrl).pathname, "Posts"],
        ["/posts", "Posts"],
        ["/posts?q=nowhere", "No post here"],
        [`/posts/${crypto.randomUUID()}`, "This post is not here"],
        ["/tasks", "Tasks"],
        ["/notifications", "Today"],
        ["/settings/notifications", "What you are told"],
        ["/settings/profile", "Settings"],
        ["/settings/onedrive", "Settings"],
        ["/settings/security", "Settings"],
        ["/settings/account", "Settings"],
      ] as const
    ) {
      await t.step(`${path.length > 40 ? `${shown} of one` : path} is looked at`, async () => {
        await page.goto(webUrl + path);
        await page.getByRole("heading", { name: shown }).first().waitFor();
        await page.waitForLoadState("networkidle");
        await look(path);
      });
    }

    assert.deepEqual(problems, []);
  } finally {
    await app.stop();
  }
});

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import postgres from "postgres";
import { openAsDemo } from "../../e2e/support/demo-session.ts";
import { launchBrowser } from "../../support/browser.ts";
import { eventually } from "../../support/eventually.ts";
import { startStack } from "../../support/stack.ts";
import { serveWebApp } from "../../../scripts/serve-web-app.ts";

const ASIN = "B0CRL7K2M1";
const MORE_ASINS = ["B0KEYBOAR1", "B0KEYBOAR2", "B0KEYBOAR3", "B0KEYBOAR4", "B0KEYBOAR5"];

/** The accessible name of what has the focus; empty when nothing has. */
const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document;
    if (!activeElement || activeElement === document.body) return "";
    return activeElement.getAttribute("aria-label") ?? activeElement.tagName;
  });

/** The names of all buttons that make this move, from the top of the page down. */
function namesOf(page: Page, move: string): Promise<string[]> {
  const name = new RegExp(`^${move} .+ on Amazon`);
  return page.getByRole("main").getByRole("button", { name })
    .evaluateAll((buttons) => buttons.map((button) => button.getAttribute("aria-label")!));
}

Deno.test("Tasks by keyboard", async (t) => {
  const stack = await startStack({ basePort: 28100 });
  const sql = postgres(stack.env.DB_URL!, { max: 1 });
  const web = await serveWebApp(stack.env);
  const browser = await launchBrowser();
  try {
    await sql`
      insert into public.asin_correlations (user_id, product_id, asin, status)
      select user_id, id, unnest(${MORE_ASINS}::text[]), 'accepted' from public.sourced_products where asin = ${ASIN}`;
    const { page, problems } = await openAsDemo(browser, web.url);
    const press = async (name: string) => {
      await page.getByRole("button", { name, exact: true }).focus();
      await page.keyboard.press("Enter");
    };
    const waitForFocus = (name: string) =>
      eventually(`the focus is on "${name}"`, async () => await focusedName(page) === name);

    await t.step("a completed one leaves the list and the focus goes to the next", async () => {
      await page.goto(`${web.url}/tasks`);
      await page.getByRole("button", { name: /^Complete / }).first().waitFor();
      const [first, second, third] = await namesOf(page, "Complete");
      await press(first!);
      await waitForFocus(second!);
      await page.keyboard.press("Enter");
      await waitForFocus(third!);
      assert.ok(!(await namesOf(page, "Complete")).includes(first!));
    });

    await t.step("a skipped last one hands the focus to the one above", async () => {
      const names = await namesOf(page, "Skip");
      await press(names.at(-1)!);
      await waitForFocus(names.at(-2)!);
    });

    await t.step("one that stays in its list keeps the focus on its next step", async () => {
      await page.goto(`${web.url}/tasks?status=all`);
      await page.getByRole("button", { name: /^Complete / }).first().waitFor();
      const [name] = await namesOf(page, "Complete");
      await press(name!);
      await waitForFocus(name!.replace("Complete", "Reopen"));
      await page.keyboard.press("Enter");
      await eventually(
        "the focus stays in the row",
        async () => (await focusedName(page)).endsWith(name!.slice("Complete".length)),
      );
    });

    await t.step("a long list of a product is short until asked for all", async () => {
      await page.goto(`${web.url}/products?q=${ASIN}`);
      await page.getByRole("main").getByRole("listitem").first().getByRole("link").first().click();
      const all = page.getByRole("button", { name: /^Show all \d+ tasks$/ }).first();
      await all.waitFor();
      const group = page.getByRole("main").locator("section").filter({ has: all }).last();
      assert.equal(await group.getByRole("listitem").count(), 5);
      const total = Number(/\d+/.exec((await all.textContent())!)![0]);
      await all.focus();
      await page.keyboard.press("Enter");
      const fewer = page.getByRole("button", { name: "Show fewer" }).first();
      assert.equal(await fewer.getAttribute("aria-expanded"), "true");
      assert.equal(await fewer.evaluate((button) => button === document.activeElement), true);
      assert.equal((await namesOf(page, "(Complete|Reopen)")).length, total);
    });

    await t.step("no page reported an error", () => assert.deepEqual(problems, []));
  } finally {
    await browser.close();
    await web.stop();
    await sql.end();
    await stack.stop();
  }
});

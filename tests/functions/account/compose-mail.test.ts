import assert from "node:assert/strict";
import { composeMail } from "../../../supabase/functions/account/rules/compose-mail.ts";
import type { MailNotice, MailPost } from "../../../supabase/functions/_shared/db/mail-outbox.ts";

const WEB_URL = "https://app.example";
const POST_ID = "01a1feaf-7f73-70df-8353-682bf9e222c5";

const makeTarget = (change: Partial<MailPost["targets"][number]> = {}) => ({
  platform: "youtube",
  account_name: null,
  status: "published",
  url: "https://youtu.be/v",
  message: null,
  scheduled_for: "2027-01-05T12:00:00Z",
  ...change,
});

const makePost = (...targets: MailPost["targets"]): MailPost => ({
  id: POST_ID,
  caption: "A kettle",
  targets,
});

const makeNotice = (change: Partial<MailNotice> = {}): MailNotice => ({
  kind: "publish.published",
  title: "Published on YouTube",
  body: null,
  link_path: `/posts/${POST_ID}`,
  ...change,
});

const compose = (notices: MailNotice[], posts: MailPost[] = [], timeZone = "UTC") =>
  composeMail({ notices, posts, timeZone }, WEB_URL);

Deno.test("composeMail tells a post once with all its platforms, whatever its notices", () => {
  const post = makePost(
    makeTarget(),
    makeTarget({ platform: "instagram", status: "failed", url: null, message: "Too long. Shorten it." }),
    makeTarget({ platform: "facebook", status: "scheduled", url: null }),
  );
  const mail = compose(
    [makeNotice(), makeNotice({ kind: "publish.failed", title: "Not published" })],
    [post],
    "Europe/Berlin",
  );
  assert.equal(mail.subject, "Published on YouTube, not on Instagram: A kettle");
  assert.equal(mail.text.split("Published on YouTube, not on Instagram").length, 2);
  assert.match(mail.text, /- YouTube: Published\n {2}https:\/\/youtu\.be\/v/);
  assert.match(mail.text, /- Instagram: Not published\n {2}Too long\. Shorten it\./);
  assert.match(mail.text, /- Facebook: Scheduled for 5 January at 13:00 \(Europe\/Berlin\)/);
  assert.ok(mail.html.includes(`href="${WEB_URL}/posts/${POST_ID}"`));
});

Deno.test("composeMail says times in UTC where it does not know a reader's zone", () => {
  const post = makePost(makeTarget(), makeTarget({ platform: "facebook", status: "scheduled", url: null }));
  const { text } = compose([makeNotice()], [post], "XYZ5");
  assert.match(text, /Scheduled for 5 January at 12:00 \(UTC\)/);
});

Deno.test("composeMail names what every status asks of the reader", () => {
  const cases: [status: string, title: string][] = [
    ["published", "Published on YouTube"],
    ["failed", "Not published on YouTube"],
    ["needs_conversion", "Your post needs you: YouTube"],
    ["unknown", "Your post needs you: YouTube"],
    ["quota_wait", "Your post waits"],
  ];
  for (const [status, title] of cases) {
    const mail = compose([makeNotice({ kind: `publish.${status}` })], [makePost(makeTarget({ status }))]);
    assert.equal(mail.subject, `${title}: A kettle`, status);
  }
});

Deno.test("composeMail tells a notice about a post that is gone, or about something else, in its own words", () => {
  const notices = [
    makeNotice(),
    makeNotice({ kind: "publish.readiness", title: "The file is missing", body: "Put it back." }),
  ];
  const mail = compose(notices, []);
  assert.equal(mail.subject, "1 thing needs you");
  assert.ok(
    mail.text.indexOf("The file is missing") < mail.text.indexOf("Published on YouTube"),
    "what needs the reader first",
  );
  assert.match(mail.text, /Put it back\./);
});

Deno.test("composeMail counts what it tells when there is much, and leads to the rest", () => {
  const notices = Array.from(
    { length: 30 },
    (_, i) => makeNotice({ kind: "publish.failed", title: `Not ${i}.`, link_path: "/posts" }),
  );
  const mail = compose(notices);
  assert.equal(mail.subject, "30 things need you");
  assert.match(mail.text, /Not 24\./);
  assert.doesNotMatch(mail.text, /Not 25\./);
  assert.match(mail.text, /And 5 more: https:\/\/app\.example\/notifications/);
});

Deno.test("composeMail lets nothing of a user or a platform become HTML, a header or a script", () => {
  const post = {
    ...makePost(
      makeTarget({ account_name: `<img src=x onerror=1>`, url: "javascript:alert(1)", message: `"'&<>` }),
    ),
    caption: "<script>alert(1)</script>\r\nBcc: all@example.com",
  };
  const { html, subject } = compose([makeNotice()], [post]);
  assert.doesNotMatch(html, /<script|<img|javascript:/);
  assert.ok(html.includes("&quot;&#39;&amp;&lt;&gt;"));
  assert.doesNotMatch(subject, /[\r\n]/);
  const long = compose([makeNotice({ title: `${"ü".repeat(300)}\u0007`, link_path: null })]);
  assert.equal([...long.subject].length, 120);
});

Deno.test("composeMail writes the same bytes for the same rows", () => {
  const write = () => compose([makeNotice()], [makePost(makeTarget({ status: "scheduled" }))], "Asia/Tokyo");
  assert.deepEqual(write(), write());
});

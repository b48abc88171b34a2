import type { ClaimedMail, MailContent, MailNotice } from "../../_shared/db/mail-outbox.ts";
import { describeMailedPost } from "./describe-mailed-post.ts";
import type { MailBlock } from "./mail-block.ts";
import { renderMailHtml } from "./render-mail-html.ts";
import { renderMailText } from "./render-mail-text.ts";

/** Notices that the state of their post says better. */
const OUTCOMES = [
  "publish.published",
  "publish.failed",
  "publish.needs_conversion",
  "publish.quota_wait",
  "publish.unknown",
];
const POST_PATH = /^\/posts\/([0-9a-f-]{36})$/;
const SUBJECT_LENGTH = 120;
const MAX_BLOCKS = 25;

/**
 * Writes a mail from its notices: a post with all its platforms for the notices about its outcome, a paragraph for any
 * other. Pure, so that the same rows give the same bytes.
 */
export function composeMail(
  { notices, posts, timeZone }: Pick<ClaimedMail, "notices" | "posts" | "timeZone">,
  webUrl: string,
): MailContent {
  const known = new Set(posts.map(({ id }) => id));
  const isTold = (notice: MailNotice) => OUTCOMES.includes(notice.kind) && known.has(postIdOf(notice) ?? "");
  const outcomes = new Set(notices.filter(isTold).map(postIdOf));
  const blocks = [
    ...notices.filter((notice) => !isTold(notice)).map((notice) => toBlock(notice, webUrl)),
    ...posts.filter(({ id }) => outcomes.has(id)).map((post) => describeMailedPost(post, webUrl, timeZone)),
  ].sort((one, other) => Number(other.tone === "bad") - Number(one.tone === "bad"));
  const shown = blocks.slice(0, MAX_BLOCKS);
  const frame = {
    heading: blocks.length === 1 ? blocks[0]!.title : toHeading(blocks),
    blocks: shown,
    hiddenCount: blocks.length - shown.length,
    webUrl,
  };
  return { subject: toSubject(blocks), html: renderMailHtml(frame), text: renderMailText(frame) };
}

const postIdOf = ({ link_path }: MailNotice) => POST_PATH.exec(link_path ?? "")?.[1];

function toBlock({ kind, title, body, link_path }: MailNotice, webUrl: string): MailBlock {
  const isBad = OUTCOMES.slice(1).includes(kind) ||
    /\.(needs_reauth|readiness|account_expired|account_expiring|expired)$/.test(kind);
  return {
    tone: isBad ? "bad" : "calm",
    title,
    quote: null,
    text: body,
    places: [],
    link: link_path ? { href: `${webUrl}${link_path}`, label: isBad ? "See what to do" : "Open" } : null,
  };
}

function toHeading(blocks: readonly MailBlock[]): string {
  const good = blocks.filter(({ tone }) => tone === "good").length;
  const bad = blocks.filter(({ tone }) => tone === "bad").length;
  const parts = [
    ...(good > 0 ? [`${good} ${good === 1 ? "post" : "posts"} published`] : []),
    ...(bad > 0 ? [`${bad} ${bad === 1 ? "thing needs" : "things need"} you`] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : `${blocks.length} news about your account`;
}

/** One line without control signs: a header of a mail. */
function toSubject(blocks: readonly MailBlock[]): string {
  const [first] = blocks;
  const words = blocks.length === 1 && first
    ? first.quote ? `${first.title}: ${first.quote}` : first.title
    : toHeading(blocks);
  // deno-lint-ignore no-control-regex
  const signs = [...words.replace(/[\u0000-\u001f\u007f]+/g, " ").trim()];
  return signs.length <= SUBJECT_LENGTH ? signs.join("") : `${signs.slice(0, SUBJECT_LENGTH - 1).join("")}…`;
}

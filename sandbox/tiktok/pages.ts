import { Hono } from "hono";
import { html } from "hono/html";
import { drawThumbnail } from "../kit/draw-thumbnail.ts";
import { formatBytes } from "../kit/format-bytes.ts";
import { renderPage } from "../kit/page.ts";
import type { Kit } from "../kit/provider.ts";
import { sendVideo } from "../kit/send-video.ts";
import { pageUrlOf } from "./list-posts.ts";
import { isThere, type Post, type PostInfo, statusOf } from "./post/post.ts";
import type { TiktokState } from "./state.ts";

/** Pages for people: the accounts with their posts, a page that plays one, its bytes and its picture. */
export function createPostPages(kit: Kit, state: TiktokState): Hono {
  const app = new Hono();
  const find = (id: string) =>
    [...state.posts.values()].find((post) => isThere(post) && post.arrived!.postId === id);

  app.get("/", (c) => {
    const accounts = [...state.accounts.values()];
    return c.html(renderPage(
      "TikTok accounts",
      html`<main><h1>Pretend TikTok</h1>
<p class="soft">${
        accounts.length === 0 ? "No account yet. Connect one in the app." : "Accounts and their posts."
      }</p>
${
        accounts.map((account) =>
          html`
            <h2>${account.nickname} <span class="tag">@${account.username}</span>
              ${account.isPrivate ? html`<span class="tag">private</span>` : ""}</h2>
            <div class="card">${renderPosts(kit, state, state.postsOf(account.name).filter(isThere))}</div>
          `
        )
      }
</main>`,
    ));
  });

  app.get("/:username{@[a-z0-9._]+}/video/:id", (c) => {
    const post = find(c.req.param("id"));
    if (post === undefined) return c.notFound();
    const account = state.accounts.get(post.account)!;
    return c.html(renderPage(
      post.info!.title || "A video",
      html`
        <main>
          <p><a href="/tiktok">All posts</a></p>
          <h1>${account.nickname} <span class="tag">@${account.username}</span></h1>
          <p class="soft">${renderTags(kit, post)}</p>
          <video src="/tiktok/media/${post.arrived!.postId}" controls style="max-height: 70vh"></video>
          <p style="white-space: pre-wrap; margin-top: 1rem">${post.info!.title}</p>
          <p><small>${new Date(post.arrived!.at).toISOString()} · ${formatBytes(post.received)} ·
          <code>${post.arrived!.sha256}</code></small></p>
        </main>
      `,
    ));
  });

  app.get("/media/:id", (c) => {
    const post = find(c.req.param("id"));
    if (post === undefined) return c.notFound();
    const video = { blob: post.blob, size: post.received, mimeType: post.source.mimeType };
    return sendVideo(kit, video, c.req.header("range") ?? null);
  });

  app.get("/covers/:id", (c) => sendPicture(drawThumbnail(c.req.param("id"), 360, 480)));
  app.get(
    "/:username{@[a-z0-9._]+}/picture.png",
    (c) => sendPicture(drawThumbnail(c.req.param("username"), 240, 240)),
  );

  return app;
}

function renderPosts(kit: Kit, state: TiktokState, posts: readonly Post[]) {
  if (posts.length === 0) return html`<span class="soft">No posts.</span>`;
  return html`<table><tr><th>Post</th><th>State</th><th class="number">Size</th></tr>${
    posts.map((post) =>
      html`
        <tr>
          <td><a href="${pageUrlOf(kit, state, post)}">${post.info!.title || "A video"}</a></td>
          <td>${renderTags(kit, post)}</td>
          <td class="number">${formatBytes(post.received)}</td>
        </tr>
      `
    )
  }</table>`;
}

function renderTags(kit: Kit, post: Post) {
  return [...wordsOf(post.info!), statusOf(kit, post)].map((word) =>
    html`
      <span class="tag">${word}</span>
    `
  );
}

/** What the post tells its viewers, and what they may do with it. */
function wordsOf(info: PostInfo): string[] {
  return [
    info.privacyLevel,
    info.isBranded ? "Paid partnership" : info.isOwnBrand ? "Promotional content" : "",
    info.isAiGenerated ? "AI-generated" : "",
    info.disableComment ? "no comments" : "",
    info.disableDuet ? "no duets" : "",
    info.disableStitch ? "no stitches" : "",
    info.coverTimestampMs === null ? "" : `cover at ${info.coverTimestampMs} ms`,
  ].filter(Boolean);
}

function sendPicture(bytes: Uint8Array<ArrayBuffer>): Response {
  return new Response(bytes, { headers: { "content-type": "image/png", "cache-control": "max-age=60" } });
}

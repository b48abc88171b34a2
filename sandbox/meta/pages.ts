import { Hono } from "hono";
import { html } from "hono/html";
import { drawThumbnail } from "../kit/draw-thumbnail.ts";
import { formatBytes } from "../kit/format-bytes.ts";
import { renderPage } from "../kit/page.ts";
import type { Kit } from "../kit/provider.ts";
import { sendVideo } from "../kit/send-video.ts";
import type { InstagramAccount } from "./account.ts";
import type { Media } from "./reels/media.ts";
import type { MetaState } from "./state.ts";

/** Pages for people: the Instagram accounts with their Reels, a page that plays one, its bytes and pictures. */
export function createReelPages(kit: Kit, state: MetaState): Hono {
  const app = new Hono();

  app.get("/", (c) => {
    const accounts = [...state.people.values()].flatMap((person) => person.instagram);
    return c.html(renderPage(
      "Instagram accounts",
      html`<main><h1>Pretend Instagram</h1>
<p class="soft">${
        accounts.length === 0 ? "No account yet. Connect one in the app." : "Accounts and their Reels."
      }</p>
${accounts.map((account) => renderAccount(state, account))}
</main>`,
    ));
  });

  app.on("GET", ["/reel/:shortcode", "/reel/:shortcode/"], (c) => {
    const media = findByShortcode(state, c.req.param("shortcode"));
    if (media === undefined) return c.notFound();
    const account = state.people.get(media.person)?.instagram.find(({ id }) => id === media.instagramId);
    return c.html(renderPage(
      `Reel by @${account?.username}`,
      html`
        <main>
          <p><a href="/instagram">All Reels</a></p>
          <h1>@${account?.username}</h1>
          <p class="soft">${tagsOf(media).map((tag) =>
            html`
              <span class="tag">${tag}</span>
            `
          )}</p>
          <video src="${`/instagram/media/${media.id}${frameOf(media)}`}" poster="${posterOf(
            media,
          )}" controls loop
            style="max-height: 70vh"></video>
          <p style="white-space: pre-wrap; margin-top: 1rem">${media.caption}</p>
          ${renderComments(media, account?.username)}
          <p><small>${new Date(media.createdAt).toISOString()} · ${formatBytes(media.size)} ·
          <code>${media.sha256}</code></small></p>
        </main>
      `,
    ));
  });

  app.get("/media/:id", (c) => {
    const media = state.reels.media.get(c.req.param("id"));
    return media === undefined ? c.notFound() : sendVideo(kit, media, c.req.header("range") ?? null);
  });

  app.get("/covers/:name{[0-9]+\\.jpg}", async (c) => {
    const media = state.reels.media.get(c.req.param("name").replace(".jpg", ""));
    if (!media?.coverBlob) return c.notFound();
    const headers = { "content-type": "image/jpeg", "cache-control": "max-age=60" };
    return new Response(await Deno.readFile(kit.blobs.path(media.coverBlob)), { headers });
  });

  app.get("/pictures/:name{[0-9]+\\.png}", (c) => {
    const headers = { "content-type": "image/png", "cache-control": "max-age=60" };
    return new Response(drawThumbnail(c.req.param("name"), 270, 480), { headers });
  });

  return app;
}

function findByShortcode(state: MetaState, shortcode: string): Media | undefined {
  return [...state.reels.media.values()].find((media) => media.shortcode === shortcode);
}

function posterOf(media: Media): string {
  if (media.coverBlob !== null) return `/instagram/covers/${media.id}.jpg`;
  return media.thumbOffsetMs > 0 ? "" : `/instagram/pictures/${media.id}.png`;
}

/** Where a player begins to show: the frame chosen as cover. */
function frameOf({ coverBlob, thumbOffsetMs }: Media): string {
  return coverBlob === null && thumbOffsetMs > 0 ? `#t=${thumbOffsetMs / 1000}` : "";
}

function renderComments({ comments }: Media, owner: string | undefined) {
  if (comments.length === 0) return "";
  return html`
    <h2>Comments</h2>
    <div class="card">
      <ul class="plain">${comments.map(({ text }) =>
        html`
          <li style="white-space: pre-wrap"><strong>@${owner}</strong> ${text}</li>
        `
      )}</ul>
    </div>
  `;
}

function tagsOf(media: Media): string[] {
  return [
    media.isSharedToFeed ? "Reels and feed" : "Reels only",
    ...(media.isAiGenerated ? ["AI info"] : []),
    ...(media.audioName === null ? [] : [media.audioName]),
    ...media.collaborators.map((name) => `with @${name}`),
  ];
}

function renderAccount(state: MetaState, account: InstagramAccount) {
  const reels = state.reels.mediaOf(account.id).toReversed();
  return html`<h2>${account.name} <span class="tag">@${account.username}</span>
<span class="tag">${account.accountType.toLowerCase()}</span></h2>
<div class="card">${
    reels.length === 0 ? html`<span class="soft">No Reels.</span>` : renderReels(reels)
  }</div>`;
}

function renderReels(reels: readonly Media[]) {
  return html`<table><tr><th>Reel</th><th>Published</th><th class="number">Size</th></tr>${
    reels.map((media) =>
      html`
        <tr>
          <td><a href="/instagram/reel/${media.shortcode}/">${media.caption.slice(0, 80) || media.id}</a></td>
          <td>${new Date(media.createdAt).toISOString()}</td>
          <td class="number">${formatBytes(media.size)}</td>
        </tr>
      `
    )
  }</table>`;
}

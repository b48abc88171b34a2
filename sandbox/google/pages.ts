import { Hono } from "hono";
import { html } from "hono/html";
import { drawThumbnail } from "../kit/draw-thumbnail.ts";
import { formatBytes } from "../kit/format-bytes.ts";
import { renderPage } from "../kit/page.ts";
import type { Kit } from "../kit/provider.ts";
import { sendVideo } from "../kit/send-video.ts";
import type { GoogleState } from "./state.ts";
import { privacyAt, uploadStatusAt, type Video } from "./video/video.ts";

/** Pages for people: the channels with their videos, a page that plays one, its bytes and its picture. */
export function createVideoPages(kit: Kit, state: GoogleState): Hono {
  const app = new Hono();

  app.get("/", (c) => {
    const channels = [...state.accounts.values()].filter((account) => account.hasChannel);
    return c.html(renderPage(
      "YouTube channels",
      html`<main><h1>Pretend YouTube</h1>
<p class="soft">${
        channels.length === 0 ? "No channel yet. Connect one in the app." : "Channels and their videos."
      }</p>
${
        channels.map((account) =>
          html`
            <h2>${account.displayName} <span class="tag">${account.name}</span>
              <span class="tag">${account.handle}</span></h2>
            <div class="card">${renderVideos(kit, state.videosOf(account.name))}</div>
          `
        )
      }
</main>`,
    ));
  });

  app.get("/shorts/:id", (c) => {
    const video = state.videos.get(c.req.param("id"));
    if (video === undefined) return c.notFound();
    const channel = state.accounts.get(video.account)?.displayName;
    return c.html(renderPage(
      video.snippet.title,
      html`
        <main>
          <p><a href="/google">All videos</a></p>
          <h1>${video.snippet.title}</h1>
          <p class="soft">${channel} ${renderTags(kit, video)}</p>
          <video src="/google/media/${video.id}" poster="/google/vi/${video.id}/high.jpg" controls
            style="max-height: 70vh"></video>
          <p style="white-space: pre-wrap; margin-top: 1rem">${video.snippet.description}</p>
          <p class="soft">${video.snippet.tags.map((tag) =>
            html`
              <span class="tag">${tag}</span>
            `
          )}</p>
          <p><small>${new Date(video.createdAt).toISOString()} · ${formatBytes(video.size)} ·
          <code>${video.sha256}</code></small></p>
        </main>
      `,
    ));
  });

  app.get("/media/:id", (c) => {
    const video = state.videos.get(c.req.param("id"));
    return video === undefined ? c.notFound() : sendVideo(kit, video, c.req.header("range") ?? null);
  });

  app.get("/vi/:id/:size", async (c) => {
    const video = state.videos.get(c.req.param("id"));
    if (video === undefined) return c.notFound();
    if (video.thumbnail === null) return sendPicture(drawThumbnail(video.id, 480, 360), "image/png");
    const { blob, mimeType } = video.thumbnail;
    return sendPicture(await Deno.readFile(kit.blobs.path(blob)), mimeType);
  });

  app.get(
    "/channels/:id/picture.png",
    (c) => sendPicture(drawThumbnail(c.req.param("id"), 240, 240), "image/png"),
  );

  return app;
}

function renderVideos(kit: Kit, videos: readonly Video[]) {
  if (videos.length === 0) return html`<span class="soft">No videos.</span>`;
  return html`<table><tr><th>Video</th><th>State</th><th class="number">Size</th></tr>${
    videos.map((video) =>
      html`
        <tr>
          <td><a href="/google/shorts/${video.id}">${video.snippet.title}</a></td>
          <td>${renderTags(kit, video)}</td>
          <td class="number">${formatBytes(video.size)}</td>
        </tr>
      `
    )
  }</table>`;
}

function renderTags(kit: Kit, video: Video) {
  const { privacyStatus, publishAt } = privacyAt(video, kit.now());
  const schedule = publishAt === null ? "" : `public at ${new Date(publishAt).toISOString()}`;
  const words = [privacyStatus, uploadStatusAt(video, kit.now()), schedule].filter(Boolean);
  return words.map((word) =>
    html`
      <span class="tag">${word}</span>
    `
  );
}

function sendPicture(bytes: Uint8Array<ArrayBuffer>, type: string): Response {
  return new Response(bytes, { headers: { "content-type": type, "cache-control": "max-age=60" } });
}

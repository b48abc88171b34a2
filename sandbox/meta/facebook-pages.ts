import { Hono } from "hono";
import { html } from "hono/html";
import { formatBytes } from "../kit/format-bytes.ts";
import { renderPage } from "../kit/page.ts";
import type { Kit } from "../kit/provider.ts";
import { sendVideo } from "../kit/send-video.ts";
import type { Page, Person } from "./account.ts";
import { isVisibleAt, type PageVideo } from "./page-reels/page-video.ts";
import { coverUrlOf } from "./page-reels/page-video-view.ts";
import { removeAppBy } from "./remove-app.ts";
import type { MetaState } from "./state.ts";

/** Pages for people: Facebook's Pages with their Reels, one that plays a Reel, and a person's app settings. */
export function createFacebookPages(kit: Kit, state: MetaState): Hono {
  const app = new Hono();

  app.get("/", (c) => {
    const people = [...state.people.values()];
    return c.html(renderPage(
      "Facebook",
      html`
        <main>
          <h1>Pretend Facebook</h1>
          <p class="soft">${people.length === 0
            ? "Nobody yet. Connect a Page in the app."
            : "People, their Pages and the app in their settings."}</p>
          ${people.map((person) => renderPerson(kit, state, person))}
        </main>
      `,
    ));
  });

  app.on("GET", ["/reel/:id", "/reel/:id/"], (c) => {
    const video = findShown(c.req.param("id"));
    return video === undefined ? c.notFound() : c.html(renderReel(kit, state, video));
  });

  app.get("/media/:id", (c) => {
    const video = findShown(c.req.param("id"));
    if (video === undefined) return c.notFound();
    const bytes = { blob: video.blob, size: video.received, mimeType: "video/mp4" };
    return sendVideo(kit, bytes, c.req.header("range") ?? null);
  });

  app.get("/covers/:id", async (c) => {
    const cover = state.pageVideos.videos.get(c.req.param("id"))?.cover ?? null;
    if (cover === null) return c.notFound();
    const bytes = await Deno.readFile(kit.blobs.path(cover));
    const type = bytes[0] === 0xff ? "image/jpeg" : "image/png";
    return new Response(bytes, { headers: { "content-type": type } });
  });

  app.post("/people/:name/remove-app", async (c) => {
    const person = state.people.get(c.req.param("name"));
    if (person === undefined) return c.notFound();
    const form = new URLSearchParams(await c.req.text());
    const signIn = form.get("sign_in") === "instagram" ? "instagram" : "facebook";
    const answers = await removeAppBy(kit, state, person, signIn, form.get("delete_data") === "true");
    return c.html(renderPage(
      "App removed",
      html`
        <main class="narrow">
          <div class="card">
            <h1>The app was removed</h1>
            ${answers.map(({ name, status, body }) =>
              html`<p>Its ${name} callback answered ${status}:<br><code>${body}</code></p>`
            )}
            <p><a href="/meta">Back</a></p>
          </div>
        </main>
      `,
    ));
  });

  function findShown(id: string): PageVideo | undefined {
    const video = state.pageVideos.videos.get(id);
    return video !== undefined && isVisibleAt(video, kit.now()) ? video : undefined;
  }

  return app;
}

function renderReel(kit: Kit, state: MetaState, video: PageVideo) {
  const { title, description, visibleAt, isAiGenerated } = video.publication!;
  const page = state.people.get(video.person)?.pages.find(({ id }) => id === video.pageId);
  return renderPage(
    `Reel by ${page?.name}`,
    html`
      <main>
        <p><a href="/meta">All Pages</a></p>
        <h1>${title ?? page?.name}</h1>
        <p class="soft">${page?.name} ${isAiGenerated ? html`<span class="tag">AI info</span>` : ""}</p>
        <video src="/meta/media/${video.id}" poster="${coverUrlOf(kit, video)}" controls loop
          style="max-height: 70vh"></video>
        <p style="white-space: pre-wrap; margin-top: 1rem">${description}</p>
        <p><small>${new Date(visibleAt!).toISOString()} · ${formatBytes(video.received)} ·
        <code>${video.sha256}</code></small></p>
      </main>
    `,
  );
}

function renderPerson(kit: Kit, state: MetaState, person: Person) {
  return html`<h2>${person.displayName} <span class="tag">${person.name}</span></h2>
<div class="card">${
    person.pages.length === 0
      ? html`<p class="soft">No Page.</p>`
      : person.pages.map((page) => renderPageReels(kit, state, page))
  }
<form method="post" action="/meta/people/${encodeURIComponent(person.name)}/remove-app">
<input type="hidden" name="sign_in" value="facebook">
<div class="row end">
<button name="delete_data" value="false">Remove app</button>
<button name="delete_data" value="true">Remove app and delete data</button>
</div>
</form></div>`;
}

function renderPageReels(kit: Kit, state: MetaState, page: Page) {
  const reels = state.pageVideos.videosOf(page.id).filter((video) => isVisibleAt(video, kit.now()));
  return html`<h2>${page.name}</h2>${
    reels.length === 0
      ? html`<p class="soft">No Reels.</p>`
      : html`<ul class="plain">${
        reels.toReversed().map((video) =>
          html`<li><a href="/meta/reel/${video.id}">${
            video.publication!.title || video.publication!.description.slice(0, 80) || video.id
          }</a> <small>${formatBytes(video.received)}</small></li>`
        )
      }</ul>`
  }`;
}

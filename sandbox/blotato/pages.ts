import { Hono } from "hono";
import { html } from "hono/html";
import { formatBytes } from "../kit/format-bytes.ts";
import { renderPage } from "../kit/page.ts";
import type { Kit } from "../kit/provider.ts";
import { sendVideo } from "../kit/send-video.ts";
import { publicUrlOf } from "./post-view.ts";
import type { BlotatoState } from "./state.ts";
import type { Submission } from "./submission.ts";
import type { BlotatoUser } from "./user.ts";

const PRIVACY: Record<string, string> = {
  PUBLIC_TO_EVERYONE: "Everyone",
  MUTUAL_FOLLOW_FRIENDS: "Friends",
  FOLLOWER_OF_CREATOR: "Followers",
  SELF_ONLY: "Only you",
};

/** Pages for people: who uses Blotato with which posts, a TikTok page that plays one, and its bytes. */
export function createBlotatoPages(kit: Kit, state: BlotatoState): Hono {
  const app = new Hono();
  const find = (postId: string) =>
    [...state.submissions.values()].find(({ outcome }) =>
      outcome?.type === "published" && outcome.postId === postId
    );

  app.get("/", (c) => {
    const users = state.users();
    return c.html(renderPage(
      "Blotato users",
      html`<main><h1>Pretend Blotato</h1>
<p class="soft">${
        users.length === 0
          ? "No key was used yet. blotato-NAME is the key of NAME."
          : "Users and what they posted."
      }</p>
${users.map((user) => renderUser(kit, user, state.submissionsOf(user.name)))}
</main>`,
    ));
  });

  app.get("/:handle{@.+}/video/:id", (c) => {
    const post = find(c.req.param("id"));
    return post === undefined ? c.notFound() : c.html(renderPost(post, c.req.param("id")));
  });

  app.get("/videos/:id", (c) => {
    const post = find(c.req.param("id"));
    return post === undefined ? c.notFound() : sendVideo(kit, post, c.req.header("range") ?? null);
  });

  return app;
}

function renderPost(post: Submission, id: string) {
  return renderPage(
    `TikTok by @${post.username}`,
    html`
      <main>
        <p><a href="/blotato">All posts</a></p>
        <h1>@${post.username}</h1>
        <p class="soft">${tagsOf(post).map((tag) =>
          html`
            <span class="tag">${tag}</span>
          `
        )}</p>
        <video src="/blotato/videos/${id}" controls loop style="max-height: 70vh"></video>
        <p style="white-space: pre-wrap; margin-top: 1rem">${post.text}</p>
        <p><small>${new Date(post.outcome!.at).toISOString()} · ${formatBytes(post.size)} ·
        <code>${post.sha256}</code></small></p>
      </main>
    `,
  );
}

function tagsOf({ target }: Submission): string[] {
  return [
    PRIVACY[target.privacyLevel] ?? target.privacyLevel,
    ...(target.isBrandedContent ? ["Paid partnership"] : []),
    ...(target.isYourBrand ? ["Promotional content"] : []),
    ...(target.isAiGenerated ? ["AI-generated"] : []),
    ...(target.disabledComments ? ["No comments"] : []),
    ...(target.disabledDuet ? ["No duets"] : []),
    ...(target.disabledStitch ? ["No stitches"] : []),
    ...(target.videoCoverTimestamp > 0 ? [`Cover at ${target.videoCoverTimestamp / 1000} s`] : []),
  ];
}

function renderUser(kit: Kit, user: BlotatoUser, posts: readonly Submission[]) {
  return html`<h2>${user.name}${
    user.accounts.map(({ platform, username }) =>
      html`
        <span class="tag">${platform} @${username}</span>
      `
    )
  }</h2>
<div class="card">${
    posts.length === 0 ? html`<span class="soft">No posts.</span>` : renderPosts(kit, posts)
  }</div>`;
}

function renderPosts(kit: Kit, posts: readonly Submission[]) {
  return html`<table><tr><th>Post</th><th>State</th><th class="number">Size</th></tr>${
    posts.map((post) => {
      const url = publicUrlOf(kit, post);
      const title = post.text.slice(0, 80) || post.id;
      return html`
        <tr>
          <td>${url === null ? title : html`<a href="${url}">${title}</a>`}</td>
          <td>${post.outcome?.type === "failed"
            ? post.outcome.errorMessage
            : post.outcome?.type ?? "working"}</td>
          <td class="number">${formatBytes(post.size)}</td>
        </tr>
      `;
    })
  }</table>`;
}

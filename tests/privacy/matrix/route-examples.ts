import { createBytes } from "../../functions/support/onedrive.ts";
import { hashOf } from "../../functions/support/upload-video.ts";
import type { Belongings } from "../support/world.ts";

export interface RouteExample {
  readonly id?: string;
  readonly platform?: string;
  /** A target of the post `id`. */
  readonly target?: string;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Every answer differs from the one before, whoever asks. */
  readonly isFresh?: boolean;
  /** How it answers its owner. */
  readonly expected: number;
  /**
   * How it answers a stranger with the owner's ids: 404, or 200 (204) where the route is about the caller alone,
   * who then gets their own.
   */
  readonly stranger: number;
}

const FRAGMENT = 320 * 1024;
const bytes = createBytes(900_000, 2);

/**
 * One call of every route that takes a signed-in user, with the owner's ids; in an order in which the owner can make
 * them one after the other, removals last. A stranger makes the same calls.
 */
export function listRouteExamples(owned: Belongings, email: string): Readonly<Record<string, RouteExample>> {
  const { productId, videoId, taskId, connectionId, uploadId, folderId, channelId, tiktokId } = owned;
  const { postId, targetId, openPostId, openTargetId, bulkId, bulkItemId } = owned;
  const open = { filename: "next.mp4", size: 1000, mime_type: "video/mp4", fingerprint: "cd".repeat(32) };
  return {
    "GET /onedrive/auth-url": { expected: 200, stranger: 200, isFresh: true },
    "GET /onedrive/status": { expected: 200, stranger: 200 },
    "GET /onedrive/connections": { expected: 200, stranger: 200 },
    "GET /onedrive/folders": {
      query: `?parent_id=${encodeURIComponent(folderId)}`,
      expected: 200,
      stranger: 404,
    },
    "POST /onedrive/folders": { body: { name: "Mine", parent_id: folderId }, expected: 200, stranger: 404 },
    "POST /onedrive/set-folder": { body: { folder_id: folderId }, expected: 200, stranger: 404 },
    "GET /onedrive/items": {
      query: `?folder_id=${encodeURIComponent(folderId)}`,
      expected: 200,
      stranger: 404,
    },
    "POST /onedrive/links": { body: { folder_id: folderId }, expected: 200, stranger: 404 },
    "GET /onedrive/uploads": { expected: 200, stranger: 200 },
    "GET /onedrive/uploads/{id}": { id: uploadId, query: "?take_over=true", expected: 200, stranger: 404 },
    "PUT /onedrive/uploads/{id}/fragments": {
      id: uploadId,
      headers: {
        "content-type": "application/octet-stream",
        "content-range": `bytes 0-${FRAGMENT - 1}/${bytes.length}`,
      },
      body: bytes.slice(0, FRAGMENT),
      expected: 202,
      stranger: 404,
    },
    "POST /onedrive/uploads/{id}/progress": {
      id: uploadId,
      body: { next_offset: 0 },
      expected: 204,
      stranger: 404,
    },
    "POST /onedrive/uploads/{id}/restart": { id: uploadId, expected: 200, stranger: 404 },
    "POST /onedrive/uploads/{id}/complete": {
      id: uploadId,
      body: { quickxor: hashOf(bytes) },
      expected: 409,
      stranger: 404,
    },
    "POST /onedrive/upload-url": { body: { ...open, product_id: productId }, expected: 200, stranger: 404 },
    "POST /onedrive/finish": { body: { code: "{code}", state: "{state}" }, expected: 200, stranger: 403 },
    "POST /publish/connections/{platform}/auth-url": {
      platform: "youtube",
      expected: 200,
      stranger: 200,
      isFresh: true,
    },
    "POST /publish/connections/{platform}/finish": {
      platform: "youtube",
      body: { code: "{code}", state: "{state}" },
      expected: 200,
      stranger: 403,
    },
    // A key of their own: what the owner's opens is asked for under the owner's id alone.
    "POST /publish/connections/tiktok/blotato": {
      body: { api_key: "blotato-anybody" },
      expected: 200,
      stranger: 200,
      isFresh: true,
    },
    "GET /publish/connections": { expected: 200, stranger: 200 },
    "POST /publish/posts": {
      body: {
        video_id: videoId,
        caption: "x",
        draft: true,
        targets: [{ platform: "youtube", connection_id: channelId }],
      },
      expected: 201,
      stranger: 404,
    },
    "POST /publish/posts/check": {
      body: { video_id: videoId, targets: [{ platform: "youtube" }] },
      expected: 200,
      stranger: 404,
    },
    "GET /publish/posts/{id}": { id: postId, expected: 200, stranger: 404 },
    "PATCH /publish/posts/{id}": {
      id: postId,
      body: { caption: "New words", targets: [{ id: targetId, caption: null }] },
      expected: 200,
      stranger: 404,
    },
    "POST /publish/posts/{id}/retry": {
      id: postId,
      body: { target_id: targetId },
      expected: 200,
      stranger: 404,
    },
    "POST /publish/posts/{id}/cancel": {
      id: postId,
      body: { target_id: targetId },
      expected: 200,
      stranger: 404,
    },
    "POST /publish/posts/{id}/targets/{target}/decide": {
      id: openPostId,
      target: openTargetId,
      body: { decision: "it_is_there" },
      expected: 200,
      stranger: 404,
    },
    // No platform takes such tags: it leaves no post that would hold the video.
    "POST /publish/bulk": {
      body: {
        video_ids: [videoId],
        caption: "{title} together",
        targets: [{ platform: "youtube", connection_id: channelId, options: { tags: ["x".repeat(501)] } }],
        spread: { kind: "now" },
      },
      expected: 202,
      stranger: 404,
    },
    "GET /publish/bulks/{id}": { id: bulkId, expected: 200, stranger: 404 },
    "POST /publish/bulks/{id}/retry": {
      id: bulkId,
      body: { item_id: bulkItemId, allow_duplicate: true },
      expected: 200,
      stranger: 404,
    },
    "POST /publish/bulks/{id}/cancel": { id: bulkId, expected: 200, stranger: 404 },
    "GET /videos": { query: `?product_id=${productId}`, expected: 200, stranger: 200 },
    "GET /videos/thumbnails": { query: `?ids=${videoId}`, expected: 200, stranger: 200 },
    "GET /videos/{id}": { id: videoId, expected: 200, stranger: 404 },
    "PATCH /videos/{id}": {
      id: videoId,
      body: { filename: "owners-secret-2.mp4" },
      expected: 200,
      stranger: 404,
    },
    "POST /videos/{id}/associate": {
      id: videoId,
      body: { product_id: productId },
      expected: 200,
      stranger: 404,
    },
    "GET /videos/{id}/playback": { id: videoId, expected: 200, stranger: 404 },
    "POST /videos/{id}/poster": { id: videoId, expected: 200, stranger: 404 },
    "POST /videos/{id}/queue": { id: videoId, expected: 200, stranger: 404 },
    "GET /tasks/influencer-tasks": { query: `?product_id=${productId}`, expected: 200, stranger: 200 },
    "PATCH /tasks/influencer-tasks/{id}": {
      id: taskId,
      body: { status: "completed" },
      expected: 200,
      stranger: 404,
    },
    "DELETE /videos/{id}": { id: videoId, expected: 204, stranger: 404 },
    "DELETE /onedrive/uploads/{id}": { id: uploadId, expected: 204, stranger: 404 },
    "DELETE /onedrive/connections/{id}": { id: connectionId, expected: 204, stranger: 404 },
    "POST /onedrive/disconnect": { expected: 200, stranger: 200 },
    "GET /publish/connections/{id}/creator-info": { id: tiktokId, expected: 200, stranger: 404 },
    "DELETE /publish/connections/{id}": { id: channelId, expected: 204, stranger: 404 },
    "POST /account/export": { expected: 200, stranger: 200, isFresh: true },
    // About the caller alone: the owner's address is not the stranger's, which stops them. With the password, because
    // the sign-in may be long ago by now.
    "POST /account/delete": {
      body: { email, password: "correct-horse-battery" },
      expected: 200,
      stranger: 422,
    },
  };
}

/** The same belongings under ids of nobody. */
export function withIdsOfNobody(owned: Belongings): Belongings {
  const id = () => crypto.randomUUID();
  return {
    ...owned,
    productId: id(),
    videoId: id(),
    taskId: id(),
    connectionId: id(),
    uploadId: id(),
    folderId: id(),
    channelId: id(),
    tiktokId: id(),
    postId: id(),
    targetId: id(),
    openPostId: id(),
    openTargetId: id(),
    variantId: id(),
    bulkId: id(),
    bulkItemId: id(),
    mailId: id(),
  };
}

/** Routes anybody may call, because they tell and store nothing. */
export const PUBLIC_ROUTES = ["GET /onedrive/callback", "GET /publish/connections/{platform}/callback"];

/** Routes that take Meta's signature, never a person; and one that tells what its random code stands for. */
export const META_ROUTES = [
  "POST /publish/meta/deauthorize",
  "POST /publish/meta/data-deletion",
  "GET /publish/meta/data-deletion/{code}",
];

import { describePageVideo } from "../page-reels/page-video-view.ts";
import { setCover } from "../page-reels/set-cover.ts";
import { listVideoReels, postVideoReels } from "../page-reels/video-reels.ts";
import { addComment, listComments } from "../reels/comments.ts";
import { createContainer } from "../reels/create-container.ts";
import { describeContainer } from "../reels/describe-container.ts";
import { describeMedia, listMedia } from "../reels/media-view.ts";
import { publishContainer } from "../reels/publish-container.ts";
import { readPublishingLimit } from "../reels/publishing-limit.ts";
import type { VideoPuller } from "../reels/video-puller.ts";
import { describePerson } from "./describe-person.ts";
import type { GraphNode, NodeOf } from "./find-node.ts";
import type { GraphCall } from "./graph-call.ts";
import { describeInstagram } from "./instagram-view.ts";
import { listPermissions, removeApp, removePermission } from "./list-permissions.ts";
import { describePage, listAccounts } from "./page-view.ts";

/** What a call does with its node; `rest` is the path below the edge. */
export type Operation = (call: GraphCall, node: GraphNode, rest: readonly string[]) => unknown;

/** Every operation by method, type of the node and edge: the one place where the API's methods are listed. */
export function createOperations(puller: VideoPuller): ReadonlyMap<string, Operation> {
  const operations = new Map<string, Operation>();
  const on = <Type extends GraphNode["type"]>(
    method: string,
    type: Type,
    edge: string,
    run: (call: GraphCall, node: NodeOf<Type>, rest: readonly string[]) => unknown,
  ) => operations.set(`${method} ${type}/${edge}`, run as Operation);

  on("GET", "User", "", describePerson);
  on("GET", "User", "accounts", listAccounts);
  on("GET", "User", "permissions", listPermissions);
  on(
    "DELETE",
    "User",
    "permissions",
    (call, node, [permission]) =>
      permission === undefined ? removeApp(call, node) : removePermission(call, node, permission),
  );
  on("GET", "Page", "", describePage);
  on("GET", "Page", "video_reels", listVideoReels);
  on("POST", "Page", "video_reels", postVideoReels);
  on("GET", "Video", "", describePageVideo);
  on("POST", "Video", "thumbnails", setCover);
  on("GET", "IGUser", "", describeInstagram);
  on("GET", "IGUser", "media", listMedia);
  on("POST", "IGUser", "media", (call, node) => createContainer(puller, call, node));
  on("POST", "IGUser", "media_publish", publishContainer);
  on("GET", "IGUser", "content_publishing_limit", readPublishingLimit);
  on("GET", "IGContainer", "", describeContainer);
  on("GET", "IGMedia", "", describeMedia);
  on("GET", "IGMedia", "comments", listComments);
  on("POST", "IGMedia", "comments", addComment);
  return operations;
}

import type { Kit } from "../../kit/provider.ts";
import type { NodeOf } from "../graph/find-node.ts";
import { type GraphCall, PUBLISH_INSTAGRAM, READ_INSTAGRAM, requireScope } from "../graph/graph-call.ts";
import { requireProfessional } from "../graph/instagram-view.ts";
import { MetaFailure } from "../meta-failure.ts";
import { newId } from "../object-id.ts";
import { type Container, statusAt } from "./container.ts";
import type { Media } from "./media.ts";
import { shortcodeOf } from "./shortcode.ts";

/**
 * POST /{account}/media_publish: makes a finished container public, once. Throws 9007/2207027 for one that is not
 * ready or was published before, 9/2207042 when the account's day is used up.
 */
export function publishContainer(call: GraphCall, { account }: NodeOf<"IGUser">): unknown {
  const { kit, state, host, params } = call;
  params.allow("creation_id");
  requireScope(call, PUBLISH_INSTAGRAM);
  requireScope(call, READ_INSTAGRAM);
  requireProfessional(account);
  const id = params.require("creation_id");
  const container = state.reels.containers.get(id);
  if (container === undefined) throw notFound("The container is unknown or has expired.", 2207008);
  if (container.instagramId !== account.id) throw notFound("The media does not belong to the user.", 2207006);
  const status = statusAt(container, kit.now());
  if (status === "EXPIRED") throw expired();
  if (status !== "FINISHED") throw notReady();
  if (state.quota.used(account.id) >= state.quota.total(host)) throw quotaReached();
  const media = createMedia(kit, container);
  container.mediaId = media.id;
  state.reels.addMedia(media);
  kit.touch();
  return { id: media.id };
}

function createMedia(kit: Kit, container: Container): Media {
  const id = newId("18");
  return {
    id,
    containerId: container.id,
    instagramId: container.instagramId,
    person: container.person,
    shortcode: shortcodeOf(id),
    createdAt: kit.now(),
    blob: container.blob,
    size: container.received,
    sha256: container.sha256!,
    mimeType: "video/mp4",
    comments: [],
    caption: container.caption,
    isSharedToFeed: container.isSharedToFeed,
    coverUrl: container.coverUrl,
    coverBlob: container.coverBlob,
    thumbOffsetMs: container.thumbOffsetMs,
    isAiGenerated: container.isAiGenerated,
    collaborators: container.collaborators,
    audioName: container.audioName,
  };
}

function notReady(): MetaFailure {
  return new MetaFailure(9007, "Media ID is not available", {
    subcode: 2207027,
    isTransient: false,
    userTitle: "Media not ready",
    userMessage: "The media is not ready for publishing, please wait for a moment",
  });
}

function expired(): MetaFailure {
  return new MetaFailure(-2, "Media expired", {
    subcode: 2207020,
    isTransient: false,
    userTitle: "Media expired",
    userMessage: "The media you are trying to access has expired.",
  });
}

function notFound(userMessage: string, subcode: number): MetaFailure {
  return new MetaFailure(24, "The requested resource does not exist", {
    subcode,
    isTransient: false,
    userTitle: "Media not found",
    userMessage,
  });
}

function quotaReached(): MetaFailure {
  return new MetaFailure(9, "(#9) Application request limit reached", {
    subcode: 2207042,
    isTransient: false,
    userTitle: "You have reached the maximum number of posts",
    userMessage: "The account has published as many posts as the API allows within 24 hours.",
  });
}

import { MetaFailure } from "../meta-failure.ts";
import { type GraphCall, PUBLISH_INSTAGRAM, READ_INSTAGRAM, requireScope } from "../graph/graph-call.ts";
import type { NodeOf } from "../graph/find-node.ts";
import { requireProfessional } from "../graph/instagram-view.ts";
import { newId } from "../object-id.ts";
import { readSwitch } from "../read-switch.ts";
import type { Container } from "./container.ts";
import { readContainerInput } from "./container-input.ts";
import { probeSource, takeCover } from "./probe-source.ts";
import type { VideoPuller } from "./video-puller.ts";

const LIFETIME_S = 24 * 3600;
const PER_DAY = 400;
const DAY_MS = 24 * 3600 * 1000;

/**
 * POST /{account}/media: a container for a Reel, whose video is pulled or uploaded later. Throws for input that is
 * refused at once; what is wrong with the video itself shows in the container's status.
 */
export async function createContainer(
  puller: VideoPuller,
  call: GraphCall,
  { person, account }: NodeOf<"IGUser">,
): Promise<unknown> {
  const { kit, state, host } = call;
  requireScope(call, PUBLISH_INSTAGRAM);
  requireScope(call, READ_INSTAGRAM);
  requireProfessional(account);
  const input = readContainerInput(call.params, host);
  const limit = readSwitch(kit, host, "containers_per_day") ?? PER_DAY;
  if (state.reels.countContainers(account.id, kit.now() - DAY_MS) >= limit) throw tooManyContainers();
  if (input.source.kind === "url") await probeSource(kit, input.source.url);
  const coverBlob = input.coverUrl === null ? null : await takeCover(kit, input.coverUrl);

  for (const blob of state.reels.forgetExpired(account.id, kit.now())) await kit.blobs.remove(blob);
  const now = kit.now();
  const lifetimeS = readSwitch(kit, host, "container_lifetime_s") ?? LIFETIME_S;
  const container: Container = {
    ...input,
    coverBlob,
    id: newId("17"),
    instagramId: account.id,
    person: person.name,
    host,
    createdAt: now,
    expiresAt: now + lifetimeS * 1000,
    blob: kit.blobs.create(),
    received: 0,
    sha256: null,
    readyAt: null,
    processingMs: call.exchange.processingMs,
    failure: null,
    mediaId: null,
  };
  state.reels.addContainer(container);
  kit.touch();
  if (input.source.kind === "url") {
    puller.startContainer(container, input.source.url);
    return { id: container.id };
  }
  return {
    id: container.id,
    uri: `${kit.urls.META_UPLOAD_URL}/ig-api-upload/${call.version}/${container.id}`,
  };
}

function tooManyContainers(): MetaFailure {
  return new MetaFailure(9, "(#9) The user has reached the maximum number of containers", {
    subcode: 2207042,
    userTitle: "Action is blocked",
    userMessage: "You have created too many media containers within the last 24 hours.",
  });
}

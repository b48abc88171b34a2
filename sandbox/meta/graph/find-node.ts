import type { InstagramAccount, Page, Person } from "../account.ts";
import { MetaFailure, unknownObject } from "../meta-failure.ts";
import type { Container } from "../reels/container.ts";
import type { PageVideo } from "../page-reels/page-video.ts";
import type { Media } from "../reels/media.ts";
import { readSwitch } from "../read-switch.ts";
import type { GraphCall } from "./graph-call.ts";

/** An object of the graph that the caller may see. */
export type GraphNode =
  | { type: "User"; person: Person }
  | { type: "Page"; person: Person; page: Page }
  | { type: "Video"; page: Page; video: PageVideo }
  | { type: "IGUser"; person: Person; account: InstagramAccount }
  | { type: "IGContainer"; container: Container }
  | { type: "IGMedia"; media: Media };

export type NodeOf<Type extends GraphNode["type"]> = Extract<GraphNode, { type: Type }>;

/** The node of an id or of `me`. Throws 100/33 for what the caller cannot see, 803 for what is no id. */
export function findNode(call: GraphCall, method: string, id: string): GraphNode {
  if (id === "me") return findSelf(call);
  if (!/^\d+$/.test(id)) {
    throw new MetaFailure(803, `(#803) Some of the aliases you requested do not exist: ${id}`, {
      status: 404,
    });
  }
  const node = findPerson(call, id) ?? findInstagram(call, id) ?? findReel(call, id) ??
    findPageVideo(call, id);
  if (node === null) throw unknownObject(method, id);
  return node;
}

function findSelf({ caller: { person, token } }: GraphCall): GraphNode {
  if (token.kind === "instagram") return { type: "IGUser", person, account: person.instagram[0]! };
  const page = token.kind === "page" ? person.pages.find((page) => page.id === token.pageId) : undefined;
  return page === undefined ? { type: "User", person } : { type: "Page", person, page };
}

function findPerson(call: GraphCall, id: string): GraphNode | null {
  const { person, token } = call.caller;
  if (token.kind === "instagram") return null;
  if (token.kind === "user" && person.id === id) return { type: "User", person };
  const page = visiblePages(call).find((page) => page.id === id);
  return page === undefined ? null : { type: "Page", person, page };
}

function findInstagram(call: GraphCall, id: string): GraphNode | null {
  const { person, token } = call.caller;
  const account = person.instagram.find((account) => account.id === id);
  if (account === undefined) return null;
  const isReachable = token.kind === "instagram"
    ? account === person.instagram[0]
    : account.accountType === "PERSONAL" || visiblePages(call).some((page) => page.instagramId === id);
  return isReachable ? { type: "IGUser", person, account } : null;
}

/** A container or a Reel of an account the caller reaches. */
function findReel(call: GraphCall, id: string): GraphNode | null {
  const { state, host, kit, caller } = call;
  const container = state.reels.containers.get(id);
  const media = state.reels.media.get(id);
  const instagramId = (container ?? media)?.instagramId;
  if (instagramId === undefined || findInstagram(call, instagramId) === null) return null;
  const isOut = caller.token.kind === "page" && readSwitch(kit, host, "page_token_read_outage") === true;
  if (isOut) return null;
  return container !== undefined ? { type: "IGContainer", container } : { type: "IGMedia", media: media! };
}

/** A video of a Page the caller reaches. */
function findPageVideo(call: GraphCall, id: string): GraphNode | null {
  const video = call.caller.token.kind === "instagram" ? undefined : call.state.pageVideos.videos.get(id);
  const page = video && visiblePages(call).find((page) => page.id === video.pageId);
  return video === undefined || page === undefined ? null : { type: "Video", page, video };
}

/** The Pages that a token shows: a portfolio's only with `business_management`, one only for a Page token. */
export function visiblePages({ caller: { person, token, scopes } }: GraphCall): Page[] {
  if (token.kind === "page") return person.pages.filter((page) => page.id === token.pageId);
  if (!scopes.includes("pages_show_list")) return [];
  return person.pages.filter((page) => !page.isInPortfolio || scopes.includes("business_management"));
}

import { badParameter } from "../meta-failure.ts";
import { type NodeFields, parseFields, selectFields } from "../graph/fields.ts";
import type { NodeOf } from "../graph/find-node.ts";
import { type GraphCall, READ_INSTAGRAM, requireScope } from "../graph/graph-call.ts";
import { pageOf } from "../graph/paging.ts";
import { newId } from "../object-id.ts";

/** A comment below a Reel; here only its owner writes any. Times in ms since 1970. */
export interface Comment {
  id: string;
  text: string;
  createdAt: number;
}

const MANAGE_COMMENTS = {
  facebook: "instagram_manage_comments",
  instagram: "instagram_business_manage_comments",
};
const MAX_LENGTH = 2_200;
const PER_PAGE = 50;
const USUAL = ["timestamp", "text", "id"];

/** POST /{media}/comments: a comment in the name of the Reel's owner; the same text again is another comment. */
export function addComment(call: GraphCall, { media }: NodeOf<"IGMedia">): unknown {
  const { kit, params } = call;
  params.allow("message");
  requireScope(call, READ_INSTAGRAM);
  requireScope(call, MANAGE_COMMENTS);
  const text = params.require("message").trim();
  if (text === "" || [...text].length > MAX_LENGTH) {
    throw badParameter(`Param message must have between 1 and ${MAX_LENGTH} characters`);
  }
  const comment: Comment = { id: newId("17"), text, createdAt: kit.now() };
  media.comments.push(comment);
  kit.touch();
  return { id: comment.id };
}

/** GET /{media}/comments: the newest first, 50 a page. */
export function listComments(call: GraphCall, { media }: NodeOf<"IGMedia">): unknown {
  const { params, state } = call;
  params.allow("limit", "after", "before");
  requireScope(call, READ_INSTAGRAM);
  requireScope(call, MANAGE_COMMENTS);
  const asked = parseFields(params.get("fields"));
  const owner = state.people.get(media.person)?.instagram.find(({ id }) => id === media.instagramId);
  const { items, paging } = pageOf(media.comments.toReversed(), call, PER_PAGE);
  const fieldsOf = (comment: Comment): NodeFields => ({
    id: () => comment.id,
    text: () => comment.text,
    timestamp: () => new Date(comment.createdAt).toISOString().replace(/\.\d+Z$/, "+0000"),
    username: () => owner?.username,
    from: () => ({ id: owner?.appScopedId, username: owner?.username }),
    hidden: () => false,
    like_count: () => 0,
    media: () => ({ id: media.id }),
  });
  return {
    data: items.map((comment) => selectFields("InstagramComment", fieldsOf(comment), asked, USUAL)),
    ...(paging === undefined ? {} : { paging }),
  };
}

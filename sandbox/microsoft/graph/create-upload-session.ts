import { randomText } from "../../kit/random-text.ts";
import type { ConflictBehavior } from "../drive/drive-item.ts";
import { foldName } from "../drive/item-name.ts";
import { readQuota } from "../drive/quota.ts";
import { GraphFailure, invalidRequest, nameAlreadyExists, quotaLimitReached } from "../graph-failure.ts";
import { QuickXorHash } from "../quick-xor-hash.ts";
import { isSessionOpen, sessionLifetimeMs, sweepSessions } from "../upload/session-life.ts";
import { describeSession, uploadUrlOf } from "../upload/session-view.ts";
import type { UploadSession } from "../upload/upload-session.ts";
import { readConflictBehavior } from "./conflict-behavior.ts";
import { type GraphCall, readJsonBody } from "./graph-call.ts";
import { checkPreconditions } from "./preconditions.ts";
import { findUploadTarget, type UploadTarget } from "./upload-target.ts";

const MAX_FILE_BYTES = 250 * 1024 ** 3;
const TOKEN_BYTES = 1200;

/** POST …/createUploadSession: checks name, conflict and quota, then opens a session on the upload host. */
export async function createUploadSession(call: GraphCall): Promise<Response> {
  const { kit, state, account } = call;
  const body = await readJsonBody(call);
  const item = readItem(body.item);
  const target = findUploadTarget(call);
  checkPreconditions(call, call.request.headers, target.existing);
  if (item.name !== undefined && item.name !== target.name) {
    throw invalidRequest("The name differs from the URL.");
  }
  if (account.kind === "personal" && item.description !== undefined) {
    throw invalidRequest("The description is not accepted here.");
  }
  const fileSize = readFileSize(item.fileSize);
  const conflictBehavior = readConflictBehavior({ ...body, ...item }, "replace");
  await sweepSessions(kit, state);
  checkConflict(call, target, conflictBehavior);
  checkQuota(call, target, fileSize);

  const session: UploadSession = {
    id: crypto.randomUUID(),
    token: randomText(TOKEN_BYTES),
    account: account.name,
    parentId: target.parent.id,
    folders: target.folders,
    name: target.name,
    itemId: target.isNewVersion ? target.existing!.id : null,
    conflictBehavior,
    total: fileSize,
    nextOffset: 0,
    blob: kit.blobs.create(),
    hash: new QuickXorHash().save(),
    isMisaligned: false,
    deferCommit: body.deferCommit === true,
    createdAt: kit.now(),
    expiresAt: kit.now() + sessionLifetimeMs(kit, account.kind),
    processingMs: call.exchange.processingMs,
  };
  state.sessions.set(session.id, session);
  kit.touch();
  return Response.json({
    "@odata.context": `${kit.urls.MICROSOFT_GRAPH_URL}/v1.0/$metadata#microsoft.graph.uploadSession`,
    uploadUrl: uploadUrlOf(kit, account, session),
    ...describeSession(session, "open"),
  });
}

function readItem(value: unknown): Record<string, unknown> {
  if (value === undefined) return {};
  if (value !== null && typeof value === "object") return value as Record<string, unknown>;
  throw invalidRequest("The item is not valid.");
}

function readFileSize(value: unknown): number | null {
  if (value === undefined) return null;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1) {
    throw invalidRequest("The fileSize is not valid.");
  }
  if (value > MAX_FILE_BYTES) throw new GraphFailure(413, "invalidRequest", "The file is too large.");
  return value;
}

/** On work accounts an open session holds its name, whatever the conflict behaviour says. */
function checkConflict(call: GraphCall, target: UploadTarget, behavior: ConflictBehavior): void {
  const { existing } = target;
  if (existing !== null && existing.content === null) throw nameAlreadyExists();
  if (existing !== null && !target.isNewVersion && behavior === "fail") throw nameAlreadyExists();
  if (call.account.kind === "personal" || behavior === "rename") return;
  const place = placeOf(call.account.name, target.parent.id, target.folders, target.name);
  const isHeld = [...call.state.sessions.values()].some((session) =>
    isSessionOpen(call.kit, session) &&
    placeOf(session.account, session.parentId, session.folders, session.name) === place
  );
  if (isHeld) throw nameAlreadyExists();
}

function checkQuota({ kit, account, drive }: GraphCall, target: UploadTarget, fileSize: number | null): void {
  const { remaining, state } = readQuota(kit, account, drive);
  const freed = target.existing?.content?.size ?? 0;
  if (fileSize === null ? state === "exceeded" : fileSize > remaining + freed) throw quotaLimitReached();
}

function placeOf(account: string, parentId: string, folders: readonly string[], name: string): string {
  return [account, parentId, ...folders.map(foldName), foldName(name)].join("/");
}

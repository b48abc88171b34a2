import type { DriveItem, Tombstone } from "../drive/drive-item.ts";
import { GraphFailure, invalidRequest, notSupported } from "../graph-failure.ts";
import { type GraphCall, targetOf } from "./graph-call.ts";
import { renderItem, selectFields } from "./item-view.ts";

const PAGE_SIZE = 200;

/** Where an enumeration stands: changes after `since`, up to `until`, from position `start` on. */
interface DeltaToken {
  since: number;
  until: number | null;
  start: number;
  /** Revision of the settings when it was issued. */
  revision: number;
}

/** GET …/delta: everything at first, then what changed since the token of the last deltaLink. */
export function listChanges(call: GraphCall): Response {
  const { kit, account, drive, query } = call;
  const scope = targetOf(call);
  if (scope.parentId !== null && account.kind === "business") {
    throw notSupported("Only the root has a delta.");
  }
  const text = query.get("token");
  if (text === "latest") return answer(call, [], null, { since: drive.sequence, until: null, start: 0 });
  const token = text === null
    ? { since: -1, until: null, start: 0, revision: kit.settings.revision }
    : readToken(text);
  refuseStale(call, token);

  const until = token.until ?? drive.sequence;
  const changes = changesOf(call, scope, token.since).filter((change) => change.sequence <= until);
  const size = Number(query.get("$top")) || kit.settings.get("microsoft", "page_size", PAGE_SIZE);
  const end = token.start + size;
  const next = end < changes.length ? { since: token.since, until, start: end } : null;
  const page = changes.slice(token.start, end);
  return answer(call, page, next, { since: until, until: null, start: 0 });
}

type Change = { sequence: number; item: DriveItem } | { sequence: number; tombstone: Tombstone };

function changesOf({ drive }: GraphCall, scope: DriveItem, since: number): Change[] {
  const { items, deleted } = drive.changesSince(since);
  const scopeIds = new Set(drive.subtree(scope).map((item) => item.id));
  const isInScope = (id: string) => scope.parentId === null || scopeIds.has(id);
  const changes: Change[] = items.filter((item) => isInScope(item.id))
    .map((item) => ({ sequence: item.sequence, item }));
  if (since >= 0) {
    for (const tombstone of deleted) {
      if (isInScope(tombstone.parentId ?? "")) changes.push({ sequence: tombstone.sequence, tombstone });
    }
  }
  return changes.sort((a, b) => a.sequence - b.sequence);
}

function answer(
  call: GraphCall,
  page: Change[],
  next: Omit<DeltaToken, "revision"> | null,
  last: Omit<DeltaToken, "revision">,
) {
  const { kit, query } = call;
  return Response.json({
    "@odata.context": `${kit.urls.MICROSOFT_GRAPH_URL}/v1.0/$metadata#Collection(driveItem)`,
    ...(next === null ? { "@odata.deltaLink": link(call, last) } : { "@odata.nextLink": link(call, next) }),
    value: page.map((change) =>
      "item" in change
        ? selectFields(withoutPath(renderItem(call, change.item)), query.get("$select"))
        : renderDeleted(call, change.tombstone)
    ),
  });
}

/** Work accounts leave the name out of what was deleted. */
function renderDeleted({ account }: GraphCall, tombstone: Tombstone) {
  return {
    id: tombstone.id,
    ...(account.kind === "business" ? {} : { name: tombstone.name }),
    ...(tombstone.isFolder ? { folder: {} } : { file: {} }),
    parentReference: { driveId: account.driveId, driveType: account.kind, id: tombstone.parentId },
    deleted: { state: "deleted" },
  };
}

/** Delta does not give the parent's path. */
function withoutPath(view: Record<string, unknown>): Record<string, unknown> {
  const { path: _path, ...parentReference } = view.parentReference as Record<string, unknown>;
  return { ...view, parentReference };
}

/** With the switch on, tokens from before it are gone; the address in `Location` starts afresh. */
function refuseStale(call: GraphCall, token: DeltaToken): void {
  const code = call.kit.settings.get("microsoft", "delta_resync");
  if (code === null || token.revision >= call.kit.settings.revisionOf("microsoft", "delta_resync")) return;
  const location = link(call, { since: -1, until: null, start: 0 });
  throw new GraphFailure(410, code, "Resync required.", { headers: { location } });
}

function link({ kit, request, query }: GraphCall, token: Omit<DeltaToken, "revision">): string {
  const next = new URLSearchParams(query);
  next.set("token", btoa(JSON.stringify({ ...token, revision: kit.settings.revision })));
  return `${kit.urls.MICROSOFT_GRAPH_URL}${new URL(request.url).pathname}?${next}`;
}

function readToken(text: string): DeltaToken {
  try {
    return JSON.parse(atob(text)) as DeltaToken;
  } catch {
    throw invalidRequest("The delta token is not valid.");
  }
}

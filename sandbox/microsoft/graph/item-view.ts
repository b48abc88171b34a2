import type { DriveItem, FileContent, SpecialKind } from "../drive/drive-item.ts";
import { createDownloadUrl } from "../download/download-link.ts";
import type { GraphCall } from "./graph-call.ts";
import { listThumbnails } from "./thumbnail-sets.ts";

export type ViewContext = Pick<GraphCall, "kit" | "state" | "account" | "drive">;

const DOWNLOAD_URL = "@microsoft.graph.downloadUrl";

/** A driveItem as Graph shows it. Hashes and video facts appear once the file is processed. */
export function renderItem(context: ViewContext, item: DriveItem): Record<string, unknown> {
  const { account } = context;
  const by = { user: { id: account.id, displayName: account.displayName, email: account.email } };
  const created = toDateTime(item.createdAt);
  const modified = toDateTime(item.modifiedAt);
  return {
    id: item.id,
    name: item.name,
    size: sizeOf(context, item),
    eTag: eTagOf(context, item),
    ...(item.content === null ? {} : { cTag: cTagOf(context, item) }),
    createdDateTime: created,
    lastModifiedDateTime: modified,
    createdBy: by,
    lastModifiedBy: by,
    webUrl: webUrlOf(context, item),
    parentReference: renderParent(context, item),
    fileSystemInfo: { createdDateTime: created, lastModifiedDateTime: modified },
    ...(item.parentId === null ? { root: {} } : {}),
    ...(item.special === undefined ? renderKind(context, item) : renderSpecial(item, item.special)),
  };
}

function renderKind(context: ViewContext, item: DriveItem) {
  return item.content === null
    ? { folder: { childCount: context.drive.children(item).length } }
    : renderFile(context, item, item.content);
}

/** A notebook has `package` in place of `folder`; a shortcut tells where the file really is and has no bytes here. */
function renderSpecial(item: DriveItem, kind: SpecialKind) {
  if (kind === "package") return { package: { type: "oneNote" } };
  const file = { mimeType: "video/mp4" };
  const remote = { id: `REMOTE!${item.guid}`, name: item.name, size: 0, file };
  return {
    file,
    remoteItem: { ...remote, parentReference: { driveId: "SOMEBODYELSE", driveType: "personal" } },
  };
}

/** The view narrowed to `$select`; `id` has to be selected for the download address to come along. */
export function selectFields(view: Record<string, unknown>, select: string | null): Record<string, unknown> {
  if (select === null || select.trim() === "") return view;
  const names = select.split(",").map((name) => name.trim());
  const chosen = names
    .map((name) => name === "content.downloadUrl" ? DOWNLOAD_URL : name)
    .filter((name) => name in view && (name !== DOWNLOAD_URL || names.includes("id")));
  const odata = Object.keys(view).filter((name) => name.startsWith("@odata."));
  return Object.fromEntries([...odata, ...chosen].map((name) => [name, view[name]]));
}

/** One item as the body of an answer, by `$select` and `$expand`. */
export function renderItemAnswer(
  context: ViewContext & Pick<GraphCall, "query">,
  item: DriveItem,
): Record<string, unknown> {
  const view = { "@odata.context": `${context.kit.urls.MICROSOFT_GRAPH_URL}/v1.0/$metadata#driveItem` };
  const full: Record<string, unknown> = { ...view, ...renderItem(context, item) };
  const select = context.query.get("$select");
  const shown = selectFields(full, select);
  if (context.query.get("$expand") === "thumbnails") shown.thumbnails = listThumbnails(context, item);
  return shown;
}

export function eTagOf({ account }: ViewContext, item: DriveItem): string {
  if (account.kind === "business") return `"{${item.guid.toUpperCase()}},${item.version}"`;
  return `a${btoa(`${item.id}.${item.version}`).replace(/=+$/, "")}`;
}

export function cTagOf({ account }: ViewContext, item: DriveItem): string {
  if (account.kind === "business") return `"c:{${item.guid.toUpperCase()}},${item.contentVersion}"`;
  return `c${btoa(`${item.id}.${item.contentVersion}`).replace(/=+$/, "")}`;
}

function renderFile(context: ViewContext, item: DriveItem, content: FileContent) {
  const { kit, state, account } = context;
  const isReady = content.readyAt <= kit.now();
  const hasHashes = isReady && kit.settings.get("microsoft", "hashes", true);
  const hasVideo = isReady && content.video !== null && kit.settings.get("microsoft", "video_facet", true);
  const grant = { account: account.name, itemId: item.id, thumbnail: null };
  return {
    file: {
      mimeType: content.mimeType,
      ...(hasHashes ? { hashes: { quickXorHash: content.quickXor } } : {}),
    },
    ...(hasVideo ? { video: content.video } : {}),
    [DOWNLOAD_URL]: createDownloadUrl(kit, state, grant, item.name),
  };
}

function renderParent({ account, drive }: ViewContext, item: DriveItem) {
  const common = { driveType: account.kind, driveId: account.driveId };
  if (item.parentId === null) return common;
  const parent = drive.get(item.parentId);
  const path = `/drive/root:${encodeURI(drive.pathOf(parent))}`;
  return { ...common, id: parent.id, name: parent.name, path };
}

function sizeOf({ drive }: ViewContext, item: DriveItem): number {
  if (item.content !== null) return item.content.size;
  return drive.subtree(item).reduce((sum, child) => sum + (child.content?.size ?? 0), 0);
}

function webUrlOf({ kit, account, drive }: ViewContext, item: DriveItem): string {
  const path = encodeURI(`/${account.name}${drive.pathOf(item)}`);
  return `${kit.urls.SANDBOX_URL}/microsoft/files${path}`;
}

function toDateTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

import { invalidRequest, itemNotFound, nameAlreadyExists } from "../graph-failure.ts";
import type { DriveItem, FileContent, Tombstone } from "./drive-item.ts";
import { findFreeName, foldName } from "./item-name.ts";

export interface DriveSnapshot {
  rootId: string;
  items: DriveItem[];
  tombstones: Tombstone[];
  sequence: number;
  deletedBytes: number;
}

export interface DriveDeps {
  newItemId(): string;
  now(): number;
}

/** The tree of one OneDrive: folders, files, a change log and the size of the recycle bin. */
export class Drive {
  #items = new Map<string, DriveItem>();
  #children = new Map<string, Map<string, string>>();
  #tombstones: Tombstone[] = [];
  #rootId: string;
  #sequence = 0;
  #deletedBytes = 0;
  #usedBytes = 0;
  #deps: DriveDeps;

  constructor(deps: DriveDeps, saved?: DriveSnapshot) {
    this.#deps = deps;
    this.#rootId = saved?.rootId ?? deps.newItemId();
    if (saved === undefined) {
      this.#insert(this.#newItem(this.#rootId, null, "root", null));
      return;
    }
    this.#tombstones = saved.tombstones;
    this.#sequence = saved.sequence;
    this.#deletedBytes = saved.deletedBytes;
    for (const item of saved.items) this.#insert(item);
  }

  get root(): DriveItem {
    return this.get(this.#rootId);
  }

  get sequence(): number {
    return this.#sequence;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  get deletedBytes(): number {
    return this.#deletedBytes;
  }

  snapshot(): DriveSnapshot {
    return {
      rootId: this.#rootId,
      items: [...this.#items.values()],
      tombstones: this.#tombstones,
      sequence: this.#sequence,
      deletedBytes: this.#deletedBytes,
    };
  }

  /** The item with this id; ids of personal drives vary in letter case. Throws itemNotFound. */
  get(id: string): DriveItem {
    const item = this.#items.get(id) ?? this.#items.get(id.toUpperCase());
    if (item === undefined) throw itemNotFound();
    return item;
  }

  find(id: string): DriveItem | null {
    return this.#items.get(id) ?? null;
  }

  child(parent: DriveItem, name: string): DriveItem | null {
    const id = this.#children.get(parent.id)?.get(foldName(name));
    return id === undefined ? null : this.get(id);
  }

  children(parent: DriveItem): DriveItem[] {
    return [...this.#children.get(parent.id)?.values() ?? []].map((id) => this.get(id));
  }

  items(): DriveItem[] {
    return [...this.#items.values()];
  }

  /** The item and everything below it, parents first. */
  subtree(item: DriveItem): DriveItem[] {
    return [item, ...this.children(item).flatMap((child) => this.subtree(child))];
  }

  /** `/Videos/a.mp4`; the root is the empty string. */
  pathOf(item: DriveItem): string {
    if (item.parentId === null) return "";
    return `${this.pathOf(this.get(item.parentId))}/${item.name}`;
  }

  changesSince(sequence: number): { items: DriveItem[]; deleted: Tombstone[] } {
    return {
      items: this.items().filter((item) => item.sequence > sequence),
      deleted: this.#tombstones.filter((tombstone) => tombstone.sequence > sequence),
    };
  }

  /** Adds a folder (`content` null) or a file. The name must be free. */
  add(parent: DriveItem, name: string, content: FileContent | null): DriveItem {
    if (parent.content !== null) throw invalidRequest("The parent is not a folder.");
    if (this.child(parent, name) !== null) throw nameAlreadyExists();
    const item = this.#newItem(this.#deps.newItemId(), parent.id, name, content);
    this.#insert(item);
    this.#touch(parent);
    return item;
  }

  replaceContent(item: DriveItem, content: FileContent): void {
    this.#usedBytes += content.size - (item.content?.size ?? 0);
    item.content = content;
    item.contentVersion++;
    this.#touch(item);
  }

  /** Gives the item a new parent and name; both may be the present ones. The name must be free. */
  move(item: DriveItem, parent: DriveItem, name: string): void {
    if (item.parentId === null) throw invalidRequest("The root cannot be changed.");
    if (parent.content !== null) throw invalidRequest("The destination is not a folder.");
    if (this.subtree(item).includes(parent)) throw invalidRequest("An item cannot be moved below itself.");
    const occupant = this.child(parent, name);
    if (occupant !== null && occupant !== item) throw nameAlreadyExists();
    this.#children.get(item.parentId)?.delete(foldName(item.name));
    item.parentId = parent.id;
    item.name = name;
    this.#childrenOf(parent.id).set(foldName(name), item.id);
    this.#touch(item);
  }

  freeName(parent: DriveItem, name: string): string {
    return findFreeName(name, (candidate) => this.child(parent, candidate) !== null);
  }

  /** Moves the item and all below it to the recycle bin; returns the files whose bytes are no longer needed. */
  remove(item: DriveItem): FileContent[] {
    if (item.parentId === null) throw invalidRequest("The root cannot be deleted.");
    const removed = this.subtree(item).reverse();
    for (const gone of removed) {
      this.#items.delete(gone.id);
      this.#children.delete(gone.id);
      this.#children.get(gone.parentId ?? "")?.delete(foldName(gone.name));
      const { id, parentId, name } = gone;
      this.#tombstones.push({ id, parentId, name, isFolder: !gone.content, sequence: ++this.#sequence });
      this.#usedBytes -= gone.content?.size ?? 0;
      this.#deletedBytes += gone.content?.size ?? 0;
    }
    this.#touch(this.get(item.parentId));
    return removed.map((gone) => gone.content).filter((content) => content !== null);
  }

  emptyRecycleBin(bytes: number): void {
    this.#deletedBytes = Math.max(0, this.#deletedBytes - bytes);
  }

  #newItem(id: string, parentId: string | null, name: string, content: FileContent | null): DriveItem {
    const now = this.#deps.now();
    const dates = { createdAt: now, modifiedAt: now };
    const versions = { version: 1, contentVersion: 1, sequence: ++this.#sequence };
    return { id, parentId, name, ...dates, ...versions, guid: crypto.randomUUID(), content };
  }

  #insert(item: DriveItem): void {
    this.#items.set(item.id, item);
    if (item.content === null) this.#childrenOf(item.id);
    if (item.parentId !== null) this.#childrenOf(item.parentId).set(foldName(item.name), item.id);
    this.#usedBytes += item.content?.size ?? 0;
  }

  #childrenOf(id: string): Map<string, string> {
    const children = this.#children.get(id) ?? new Map<string, string>();
    this.#children.set(id, children);
    return children;
  }

  #touch(item: DriveItem): void {
    item.version++;
    item.modifiedAt = this.#deps.now();
    item.sequence = ++this.#sequence;
  }
}

import type { AccountName } from "../kit/account-name.ts";
import type { Kit, StoredFile } from "../kit/provider.ts";
import { type Account, createAccount } from "./account.ts";
import { Drive, type DriveDeps, type DriveSnapshot } from "./drive/drive.ts";
import type { AccessToken, AuthorizationCode, RefreshToken } from "./login/grants.ts";
import type { UploadSession } from "./upload/upload-session.ts";

interface SavedState {
  accounts: { account: Account; drive: DriveSnapshot }[];
  codes: [string, AuthorizationCode][];
  accessTokens: [string, AccessToken][];
  refreshTokens: [string, RefreshToken][];
  sessions: UploadSession[];
  linkSecret: string;
}

const ITEM_ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Everything Microsoft would know: accounts with their drives, grants and open upload sessions. */
export class MicrosoftState {
  readonly accounts = new Map<string, Account>();
  readonly drives = new Map<string, Drive>();
  readonly codes = new Map<string, AuthorizationCode>();
  readonly accessTokens = new Map<string, AccessToken>();
  readonly refreshTokens = new Map<string, RefreshToken>();
  readonly sessions = new Map<string, UploadSession>();
  /** Key of the signature in download URLs. */
  linkSecret: string = crypto.randomUUID();
  #kit: Kit;

  constructor(kit: Kit) {
    this.#kit = kit;
  }

  /** The account of that name, made on first use. */
  openAccount(name: AccountName): Account {
    const known = this.accounts.get(name.full);
    if (known !== undefined) return known;
    const kind = this.#kit.settings.get("microsoft", "account_kind", "personal");
    const account = createAccount(name, kind);
    this.accounts.set(account.name, account);
    const drive = new Drive(this.#driveDeps(account));
    this.drives.set(account.name, drive);
    if (name.traits.has("special")) addSpecialItems(drive);
    this.#kit.touch();
    return account;
  }

  driveOf(account: Account): Drive {
    return this.drives.get(account.name)!;
  }

  /** Ends all grants of an account, as when the user withdraws consent. */
  revokeGrants(account: string): void {
    for (const [key, token] of this.accessTokens) {
      if (token.account === account) this.accessTokens.delete(key);
    }
    for (const token of this.refreshTokens.values()) if (token.account === account) token.isRevoked = true;
    this.#kit.touch();
  }

  clear(): void {
    for (const map of [this.accounts, this.drives, this.codes, this.accessTokens]) map.clear();
    for (const map of [this.refreshTokens, this.sessions]) map.clear();
    this.linkSecret = crypto.randomUUID();
  }

  snapshot(): SavedState {
    const now = this.#kit.now();
    return {
      accounts: [...this.accounts.values()]
        .map((account) => ({ account, drive: this.driveOf(account).snapshot() })),
      codes: [...this.codes].filter(([, code]) => code.expiresAt > now),
      accessTokens: [...this.accessTokens].filter(([, token]) => token.expiresAt > now),
      refreshTokens: [...this.refreshTokens],
      sessions: [...this.sessions.values()],
      linkSecret: this.linkSecret,
    };
  }

  restore(saved: SavedState): void {
    for (const { account, drive } of saved.accounts) {
      this.accounts.set(account.name, account);
      this.drives.set(account.name, new Drive(this.#driveDeps(account), drive));
    }
    for (const [key, code] of saved.codes) this.codes.set(key, code);
    for (const [key, token] of saved.accessTokens) this.accessTokens.set(key, token);
    for (const [key, token] of saved.refreshTokens) this.refreshTokens.set(key, token);
    for (const session of saved.sessions) this.sessions.set(session.id, session);
    this.linkSecret = saved.linkSecret;
  }

  /** Every file of every account, for the control API. */
  listFiles(): StoredFile[] {
    return [...this.accounts.values()].flatMap((account) => {
      const drive = this.driveOf(account);
      return drive.items().flatMap((item) =>
        item.content === null ? [] : [{
          account: account.name,
          path: drive.pathOf(item),
          size: item.content.size,
          quickxor: item.content.quickXor,
        }]
      );
    });
  }

  /** Blobs of files and of open sessions. */
  blobIds(): string[] {
    const files = [...this.drives.values()].flatMap((drive) => drive.items())
      .map((item) => item.content?.blob).filter((blob) => blob !== undefined);
    return [...files, ...[...this.sessions.values()].map((session) => session.blob)];
  }

  #driveDeps(account: Account): DriveDeps {
    const newItemId = account.kind === "business" ? newBusinessItemId : () => newPersonalItemId(account);
    return { newItemId, now: this.#kit.now };
  }
}

/** What people cannot make through Graph: a notebook and a shortcut to a video that was shared with them. */
function addSpecialItems(drive: Drive): void {
  drive.add(drive.root, "Notes", null).special = "package";
  drive.add(drive.root, "Shared with me.mp4", null).special = "remoteItem";
}

function newBusinessItemId(): string {
  const letters = crypto.getRandomValues(new Uint8Array(32)).map((byte) => byte % 32);
  return `01${[...letters].map((index) => ITEM_ID_LETTERS[index]).join("")}`;
}

function newPersonalItemId(account: Account): string {
  return `${account.driveId}!S${crypto.randomUUID().replaceAll("-", "").toUpperCase()}`;
}

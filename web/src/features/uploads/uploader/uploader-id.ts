const STORAGE_KEY = "cliprelay-uploader-id";

let claimed: Promise<string> | null = null;

/**
 * An id for this tab that survives its reload, so that a reloaded page goes on with its own uploads without waiting
 * for its old lease to end. A duplicated tab copies the stored id too: a Web Lock, held until the page is gone,
 * tells that it is taken, and the copy gets an id of its own.
 */
export function claimUploaderId(): Promise<string> {
  return claimed ??= claimOnce();
}

async function claimOnce(): Promise<string> {
  const stored = readStored();
  const id = stored && await claim(stored) ? stored : crypto.randomUUID();
  if (id !== stored) {
    await claim(id);
    store(id);
  }
  return id;
}

/** False when another living page holds the id. Browsers without locks keep a fresh id per page load. */
async function claim(id: string): Promise<boolean> {
  if (typeof navigator === "undefined" || !navigator.locks) return false;
  return await new Promise<boolean>((resolve) => {
    navigator.locks
      .request(`${STORAGE_KEY}:${id}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock ? new Promise<never>(() => {}) : undefined;
      })
      .catch(() => resolve(false));
  });
}

function readStored(): string | null {
  try {
    return sessionStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

function store(id: string): void {
  try {
    sessionStorage.setItem(STORAGE_KEY, id);
  } catch {
    // Storage is blocked: the id lives as long as the page.
  }
}

import { readRetryAfter } from "./retry-after.ts";

/** One fragment on its way: bytes [start, end) of a file of `total` bytes. */
export interface FragmentRequest {
  url: string;
  /** Besides range and type; only our own server takes others. */
  headers?: Readonly<Record<string, string>>;
  body: Blob;
  start: number;
  end: number;
  total: number;
  /** Called with the bytes of this fragment handed to the network so far. */
  onProgress(bytes: number): void;
  /** Aborting drops the connection; the promise rejects with the signal's reason. */
  signal: AbortSignal;
  /** The connection counts as dead when nothing moved for so long, milliseconds. */
  stallMs: number;
}

export interface FragmentAnswer {
  status: number;
  body: string;
  /** Null unless the host lets scripts read it. */
  retryAfterMs: number | null;
}

/** Sends one fragment; rejects with ConnectionLost when no answer came. */
export type SendFragment = (request: FragmentRequest) => Promise<FragmentAnswer>;

/** No answer: the network broke, the host hung, or it answered in a way scripts may not read. */
export class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";
}

/**
 * Sends a fragment to OneDrive's upload URL. XMLHttpRequest because only it reports upload progress. The URL itself is
 * the credential: no cookies, no Authorization, and not one header more than these two, or the preflight fails.
 */
export function sendFragment(request: FragmentRequest): Promise<FragmentAnswer> {
  const { url, headers = {}, body, start, end, total, onProgress, signal, stallMs } = request;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const xhr = new XMLHttpRequest();
    let watchdog = 0;
    const stayAlive = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => xhr.abort(), stallMs) as unknown as number;
    };
    const leave = () => xhr.abort();
    signal.addEventListener("abort", leave, { once: true });

    xhr.upload.onprogress = ({ loaded }) => {
      stayAlive();
      onProgress(loaded);
    };
    xhr.onload = () => {
      const answered = xhr.getAllResponseHeaders();
      const retryAfter = /^retry-after:\s*(.+?)\s*$/im.exec(answered)?.[1];
      resolve({ status: xhr.status, body: xhr.responseText, retryAfterMs: readRetryAfter(retryAfter) });
    };
    xhr.onloadend = () => {
      clearTimeout(watchdog);
      signal.removeEventListener("abort", leave);
      reject(signal.aborted ? signal.reason : new ConnectionLost("The connection was lost."));
    };

    xhr.open("PUT", url);
    xhr.setRequestHeader("Content-Range", `bytes ${start}-${end - 1}/${total}`);
    xhr.setRequestHeader("Content-Type", "application/octet-stream");
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
    stayAlive();
    xhr.send(body);
  });
}

import {
  ConnectionLost,
  type SendFragment,
} from "../../../../web/src/features/uploads/uploader/send-fragment.ts";

/** Sends fragments where there is no XMLHttpRequest: same headers, progress only at the end. */
export const fetchFragment: SendFragment = async (request) => {
  const { url, headers, body, start, end, total, onProgress, signal, stallMs } = request;
  const stalled = AbortSignal.timeout(stallMs);
  try {
    const response = await fetch(url, {
      method: "PUT",
      headers: {
        ...headers,
        "content-range": `bytes ${start}-${end - 1}/${total}`,
        "content-type": "application/octet-stream",
      },
      body: await body.arrayBuffer(),
      signal: AbortSignal.any([signal, stalled]),
    });
    onProgress(end - start);
    return { status: response.status, body: await response.text(), retryAfterMs: null };
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof DOMException && error.name === "NotReadableError"
      ? error
      : new ConnectionLost("The connection was lost.");
  }
};

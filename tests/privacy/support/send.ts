export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** The body's `code`, or an empty text. */
  readonly code: string;
}

interface SendOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is a text or bytes. */
  readonly body?: unknown;
}

/** One request, its answer read to the end; redirects are answers. */
export async function send(
  method: string,
  url: string,
  { headers, body }: SendOptions = {},
): Promise<Answer> {
  const isRaw = typeof body === "string" || body instanceof Uint8Array;
  const response = await fetch(url, {
    method,
    redirect: "manual",
    headers: body === undefined || isRaw ? headers : { "content-type": "application/json", ...headers },
    body: body === undefined ? undefined : isRaw ? body as BodyInit : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, text, headers: response.headers, code: readCode(text) };
}

function readCode(text: string): string {
  try {
    const code = JSON.parse(text)?.code;
    return typeof code === "string" ? code : "";
  } catch {
    return "";
  }
}

/** The length is known, so no chunks; the host is known, so no question whether it takes a body. */
const PIPE = `set -o pipefail
from=$1; shift
curl -sS --fail "$from" | curl -sS --fail -T - -H "Transfer-Encoding:" -H "Expect:" -o /dev/null "$@"`;

/** Where the bytes go in one request. */
export interface Sink {
  readonly method: "PUT" | "POST";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * The bytes alone: a download straight into one upload, by two `curl` and a pipe between them. Resolves when the
 * upload is answered; throws when either fails.
 */
export async function pipeByCurl(from: string, sink: Sink, sizeBytes: number): Promise<void> {
  const headers = { ...sink.headers, "content-length": String(sizeBytes) };
  const options = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const { success, stderr } = await new Deno.Command("bash", {
    args: ["-c", PIPE, "pipe", from, "-X", sink.method, ...options, sink.url],
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(`The plain pipe failed: ${new TextDecoder().decode(stderr)}`);
}

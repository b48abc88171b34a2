/** Speaks HTTP by hand, to send what no client would. */
export interface RawConnection {
  send(text: string | Uint8Array): Promise<void>;
  /**
   * Everything the server says until it closes or `withinMs` have passed.
   * @returns status 0 when it closed without an answer
   */
  answer(withinMs: number): Promise<{ status: number; text: string; ms: number }>;
  close(): void;
}

/** Connects to the host of `url`. */
export async function openRaw(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  const startedAt = performance.now();
  return {
    async send(text) {
      const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
      for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
    },
    async answer(withinMs) {
      const timer = setTimeout(() => connection.close(), withinMs);
      const decoder = new TextDecoder();
      let text = "";
      try {
        const buffer = new Uint8Array(65_536);
        while (!isWhole(text)) {
          const length = await connection.read(buffer);
          if (length === null) break;
          text += decoder.decode(buffer.subarray(0, length), { stream: true });
        }
      } catch (error) {
        // Closed by the other side, or by our own patience.
        if (
          !(error instanceof Deno.errors.ConnectionReset || error instanceof Deno.errors.BadResource ||
            error instanceof Deno.errors.Interrupted || error instanceof Deno.errors.BrokenPipe)
        ) throw error;
      } finally {
        clearTimeout(timer);
      }
      return {
        status: Number(/^HTTP\/1\.\d (\d{3})/.exec(text)?.[1] ?? 0),
        text,
        ms: performance.now() - startedAt,
      };
    },
    close() {
      try {
        connection.close();
      } catch (error) {
        if (!(error instanceof Deno.errors.BadResource)) throw error;
      }
    },
  };
}

function isWhole(text: string): boolean {
  const headEnd = text.indexOf("\r\n\r\n");
  if (headEnd < 0) return false;
  const length = /^content-length: (\d+)/im.exec(text.slice(0, headEnd))?.[1];
  if (length !== undefined) return text.length - headEnd - 4 >= Number(length);
  return text.endsWith("0\r\n\r\n");
}

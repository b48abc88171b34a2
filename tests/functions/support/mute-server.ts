const decoder = new TextDecoder("latin1");
const ANSWER = new TextEncoder().encode(
  "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok",
);

/**
 * A server on bare TCP that takes requests whole, answers `/answer` and keeps the connection, and hangs up on anything
 * else without a word. `requests` tells what arrived, each after the number of its connection.
 */
export function startMuteServer() {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  const requests: string[] = [];
  const lengths: (number | null)[] = [];
  let count = 0;

  async function serve(connection: Deno.Conn, number: number): Promise<void> {
    const buffer = new Uint8Array(64 * 1024);
    let text = "";
    for (
      let read = await connection.read(buffer);
      read !== null;
      read = await connection.read(buffer)
    ) {
      text += decoder.decode(buffer.subarray(0, read));
      const end = text.indexOf("\r\n\r\n");
      const told = /content-length: (\d+)/i.exec(text)?.[1];
      if (end < 0 || text.length < end + 4 + Number(told ?? 0)) continue;
      const [method, path] = text.split(" ");
      requests.push(`${number} ${method} ${path}`);
      lengths.push(told === undefined ? null : Number(told));
      if (path !== "/answer") break;
      await connection.write(ANSWER);
      text = "";
    }
    open.delete(connection);
    connection.close();
  }

  const accepting = (async () => {
    for await (const connection of listener) {
      open.add(connection);
      serve(connection, ++count).catch(() => open.delete(connection));
    }
  })();

  return {
    url: `http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`,
    requests: () => requests,
    lengths: () => lengths,
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting;
      for (const connection of open) connection.close();
    },
  };
}

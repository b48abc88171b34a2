import { HOST } from "../settings.ts";

/** True when nothing listens on this port of the loopback address. */
export function isPortFree(port: number): boolean {
  try {
    Deno.listen({ hostname: HOST, port }).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return false;
    throw error;
  }
}

/** A port nobody uses at this moment. Callers start their service at once and try another one if it fails. */
export function findFreePort(): number {
  const listener = Deno.listen({ hostname: HOST, port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}

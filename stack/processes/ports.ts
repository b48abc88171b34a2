import { HOST } from "../settings.ts";
import { StackError } from "../stack-error.ts";
import { waitUntil } from "./wait-until.ts";

/**
 * Longer than a closed connection keeps its port (60 s on Linux). Our ports lie in the range from which the
 * system takes the client ends of connections, so one of them may be in passing use without a listener.
 */
export const PASSING_USE_MS = 70_000;

/** True when a service can listen on this port of the loopback address. */
export function isPortFree(port: number): boolean {
  try {
    Deno.listen({ hostname: HOST, port }).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return false;
    throw error;
  }
}

/** True when a service listens on this port. */
export async function hasListener(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: HOST, port })).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return false;
    throw error;
  }
}

/**
 * Makes sure a port can be used, waiting for a connection in passing to let go of it.
 * @param variable the setting that moves the port
 * @throws StackError when a service has it
 */
export async function claimPort(
  port: number,
  variable: string,
  log: (message: string) => void,
): Promise<void> {
  if (isPortFree(port)) return;
  const taken = `Port ${port} is taken: stop what uses it, or choose another one with ${variable}.`;
  if (await hasListener(port)) throw new StackError(taken);
  log(`waiting for port ${port}, which a closing connection still holds`);
  if (!await waitUntil(() => isPortFree(port), { timeoutMs: PASSING_USE_MS, everyMs: 250 })) {
    throw new StackError(taken);
  }
}

/** Below the range from which systems take the client ends of connections, so nobody gets one by accident. */
const FIRST_PORT = 10_000;
const PORTS = 10_000;
const ATTEMPTS = 100;

/**
 * A port nobody uses at this moment.
 * @throws StackError when a hundred ports in a row are taken
 */
export function findFreePort(): number {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
    if (isPortFree(port)) return port;
  }
  throw new StackError(`No free port was found from ${FIRST_PORT} to ${FIRST_PORT + PORTS - 1}.`);
}

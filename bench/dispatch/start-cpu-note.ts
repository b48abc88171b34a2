import { note } from "../result.ts";
import { readCpu } from "./read-cpu.ts";

/**
 * Notes, when called with how many targets went out, the CPU time that each part of the stack spent on one since then.
 * A process that was replaced meanwhile counts with its successor's alone.
 */
export async function startCpuNote(): Promise<(targets: number) => Promise<void>> {
  const before = await readCpu();
  return async (targets) => {
    const spent = [...await readCpu()].map(([name, ms]) =>
      [name, (ms - (before.get(name) ?? 0)) / targets] as const
    );
    const parts = spent.filter(([, ms]) => ms >= 0.1).sort(([, a], [, b]) => b - a);
    const sum = parts.reduce((total, [, ms]) => total + ms, 0);
    note(
      `CPU ms a target: ${sum.toFixed(0)}; ${
        parts.map(([name, ms]) => `${name} ${ms.toFixed(1)}`).join(", ")
      }`,
    );
  };
}

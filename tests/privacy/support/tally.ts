import assert from "node:assert/strict";
import type { Answer } from "./send.ts";
import type { Intruder } from "./callers.ts";
import type { World } from "./world.ts";

/** Counts refused attempts. A target counts only after `opened`: the rightful caller got through there. */
export interface Tally {
  /** Says that the rightful caller reached the target. */
  opened(target: string): void;
  /** Checks one attempt at the target: refused, or empty of everything that is the owner's. */
  refused(target: string, intruder: Intruder, answer: Answer): void;
  /** Counts an attempt whose refusal the test has checked itself. */
  add(target: string): void;
  total(): number;
  byRoom(): Record<string, number>;
}

/** Starts a count. Targets are named `room: what`. */
export function createTally(world: World): Tally {
  const open = new Set<string>();
  const counts: Record<string, number> = {};
  const add = (target: string) => {
    assert.ok(open.has(target), `${target}: nobody got through there, so a refusal proves nothing`);
    const room = target.slice(0, target.indexOf(":"));
    counts[room] = (counts[room] ?? 0) + 1;
  };
  return {
    opened: (target) => open.add(target),
    add,
    refused(target, intruder, answer) {
      const said = `${target} by ${intruder.title}: ${answer.status} ${answer.text.slice(0, 300)}`;
      if (!intruder.isSignedIn) assert.ok(answer.status >= 400, said);
      assert.ok(answer.status < 500, said);
      for (const secret of world.ownersMarks()) {
        assert.ok(!answer.text.includes(secret), `leaks ${secret}: ${said}`);
      }
      add(target);
    },
    total: () => Object.values(counts).reduce((sum, count) => sum + count, 0),
    byRoom: () => counts,
  };
}

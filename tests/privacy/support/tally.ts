import assert from "node:assert/strict";
import type { Answer } from "./send.ts";
import type { Intruder, IntruderKind } from "./callers.ts";
import type { World } from "./world.ts";

/** Counts refused attempts. A target counts only after `opened`: the rightful caller got through there. */
export interface Tally {
  /** Says that the rightful caller reached the target. */
  opened(target: string): void;
  /** Checks one attempt at the target: refused, or empty of everything that is the owner's. */
  refused(target: string, intruder: Pick<Intruder, "title" | "kind" | "isSignedIn">, answer: Answer): void;
  /** Counts an attempt whose refusal the test has checked itself. */
  add(target: string, kind: IntruderKind): void;
  /** Counts a pair of answers that do not tell an owner's row from none. */
  alike(target: string, intruder: Pick<Intruder, "title">, foreign: Answer, missing: Answer): void;
  total(): number;
  byRoom(): Record<string, number>;
  byKind(): Record<string, number>;
  /** Pairs of answers found alike. */
  pairs(): number;
}

/** Starts a count. Targets are named `room: what`. */
export function createTally(world: World): Tally {
  const open = new Set<string>();
  const rooms: Record<string, number> = {};
  const kinds: Record<string, number> = {};
  let pairs = 0;
  const add = (target: string, kind: IntruderKind) => {
    assert.ok(open.has(target), `${target}: nobody got through there, so a refusal proves nothing`);
    const room = target.slice(0, target.indexOf(":"));
    rooms[room] = (rooms[room] ?? 0) + 1;
    kinds[kind] = (kinds[kind] ?? 0) + 1;
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
      add(target, intruder.kind);
    },
    alike(target, intruder, foreign, missing) {
      assert.deepEqual(
        describe(foreign),
        describe(missing),
        `${target} by ${intruder.title} tells the owner's from none`,
      );
      pairs++;
    },
    total: () => Object.values(rooms).reduce((sum, count) => sum + count, 0),
    byRoom: () => rooms,
    byKind: () => kinds,
    pairs: () => pairs,
  };
}

/** What a caller learns from an answer: status and text, but for the id of the request. */
function describe({ status, text }: Answer): { status: number; text: string } {
  return { status, text: text.replace(/"requestId":"[^"]*"/, "") };
}

import { listAccountFaults } from "./scenarios/account-faults.ts";
import { listBrowserFaults } from "./scenarios/browser-faults.ts";
import { listGraphFaults, listOwnCallFaults } from "./scenarios/call-faults.ts";
import { FRAGMENT_FAULTS, listFragmentFaults } from "./scenarios/fragment-faults.ts";
import { listKilledProcesses } from "./scenarios/killed-processes.ts";
import { createRandom, type Random } from "./support/random.ts";
import { FRAGMENTS, type Scenario } from "./support/scenario.ts";

/** Faults of one run that several strike. */
const STORM_FAULTS = 6;
const QUICK_CALL_FAULTS = 4;

/** Every fault at every place, in a fixed order. */
export function listMatrix(): Scenario[] {
  return [
    ...listFragmentFaults(),
    ...listGraphFaults(),
    ...listOwnCallFaults(),
    ...listKilledProcesses(),
    ...listBrowserFaults(),
    ...listAccountFaults(),
  ];
}

/**
 * The runs of `npm run faults -- uploads`: the matrix, shuffled, then storms up to `runs`; fewer runs than the matrix
 * has are a sample of it. The same seed gives the same runs in the same order.
 */
export function planUploads(runs: number | null, seed: number): Scenario[] {
  const random = createRandom(seed);
  const matrix = random.shuffle(listMatrix());
  if (runs === null) return [...matrix, ...storms(random, 20)];
  return [...matrix.slice(0, runs), ...storms(random, Math.max(runs - matrix.length, 0))];
}

/** Two minutes' worth for `npm test`: each fragment fault once, some faults of calls, all other quick scenarios. */
export function planQuickUploads(seed: number): Scenario[] {
  const random = createRandom(seed);
  const fragments = listFragmentFaults();
  const others = [...listKilledProcesses(), ...listBrowserFaults(), ...listAccountFaults()];
  return [
    ...FRAGMENT_FAULTS.map((_, kind) => fragments[kind * FRAGMENTS + random.below(FRAGMENTS)]!),
    ...random.shuffle([...listGraphFaults(), ...listOwnCallFaults()]).slice(0, QUICK_CALL_FAULTS),
    ...others.filter(({ isSlow }) => !isSlow),
    ...storms(random, 1),
  ];
}

function storms(random: Random, count: number): Scenario[] {
  return Array.from({ length: count }, () => {
    const faults = Array.from({ length: STORM_FAULTS }, (_, index) => {
      const { name, fault, settings } = random.pick(
        FRAGMENT_FAULTS.filter(({ fault }) => fault.kind !== "revoke"),
      );
      return { name, settings, fault: { ...fault, skip: index + random.below(2) } };
    });
    return {
      name: `storm: ${faults.map(({ name }) => name).join("; ")}`,
      family: `${STORM_FAULTS} faults at once`,
      async act(run) {
        for (const { fault, settings } of faults) {
          if (settings) await run.rig.sandbox.set(settings);
          await run.fault(fault);
        }
        return await run.upload();
      },
    };
  });
}

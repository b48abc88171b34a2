import { FRAGMENTS, LAST, type Scenario } from "../support/scenario.ts";

/** Parts of the system that a run kills while the browser goes on. */
const VICTIMS = [
  { name: "the function", process: "functions/onedrive", isSlow: false },
  { name: "the database", process: "postgres", isSlow: false },
  { name: "the Data API", process: "api", isSlow: true },
  { name: "OneDrive", process: "sandbox", isSlow: true },
  { name: "the whole stack with its gateway", process: null, isSlow: true },
] as const;

type Victim = (typeof VICTIMS)[number];

const MOMENTS = [0, 3, LAST] as const;

/** Each part killed with bytes on their way, while the upload is opened and while it is checked. */
export function listKilledProcesses(): Scenario[] {
  return VICTIMS.flatMap((victim) => [
    ...MOMENTS.map((index) => killDuringFragment(victim, index)),
    killDuringCall(victim, "opened", "POST", "*createUploadSession"),
    killDuringCall(victim, "checked", "GET", "/v1.0/*"),
  ]);
}

function killDuringFragment(victim: Victim, index: number): Scenario {
  return {
    name: `${victim.name} is killed during fragment ${index + 1} of ${FRAGMENTS}`,
    family: `${victim.name} is killed`,
    isSlow: victim.isSlow || index !== 3,
    async act(run) {
      const { tab, id } = await run.startHeldAt(index);
      await kill(run, victim);
      return await run.finish(tab, id);
    },
  };
}

function killDuringCall(victim: Victim, what: string, method: string, path: string): Scenario {
  return {
    name: `${victim.name} is killed while the upload is ${what}`,
    family: `${victim.name} is killed`,
    isSlow: true,
    mayLoseCreation: method === "POST",
    async act(run) {
      const first = what === "checked" ? await run.startHeldAt(LAST) : null;
      const untilHeld = await run.holdCall({ kind: "delay", value: 2_000, method, path });
      const tab = first?.tab ?? await run.openTab();
      const id = first?.id ?? await tab.add(run.video.path);
      await untilHeld();
      await kill(run, victim);
      return await run.finish(tab, id);
    },
  };
}

async function kill({ rig }: Parameters<Scenario["act"]>[0], victim: Victim): Promise<void> {
  if (victim.process === null) await rig.restartStack();
  // A killed OneDrive would forget what it has just acknowledged, which the real one does not.
  else await rig.kill(victim.process, victim.process === "sandbox" ? "SIGTERM" : "SIGKILL");
}

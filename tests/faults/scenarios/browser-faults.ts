import { eventually } from "../../support/eventually.ts";
import { toOutcome } from "../support/fault-run.ts";
import { FRAGMENTS, LAST, type Scenario } from "../support/scenario.ts";

const MOMENTS = [0, 2, 5, LAST] as const;

/** Tabs and browsers that die, come back, compete, or lose the network. */
export function listBrowserFaults(): Scenario[] {
  return [
    ...MOMENTS.flatMap((index) => [
      killAndReopen("tab", index),
      killAndReopen("browser", index),
      reload(index),
      goOffline(index),
      takeOverBackAndForth(index),
      useTwoTabs(index),
    ]),
    waitForTheLease,
    loseTheBrowserAtTheEnd,
  ];
}

function killAndReopen(what: "tab" | "browser", index: number): Scenario {
  return {
    name: `the ${what} is killed during fragment ${index + 1} of ${FRAGMENTS} and opened again`,
    family: `the ${what} is killed and opened again`,
    isSlow: index !== 2,
    async act(run) {
      const { tab } = await run.startHeldAt(index);
      if (what === "tab") await tab.crash();
      else await run.rig.killBrowser();
      return await run.resumeInNewTab();
    },
  };
}

function reload(index: number): Scenario {
  return {
    name: `the page is reloaded during fragment ${index + 1} of ${FRAGMENTS}`,
    family: "the page is reloaded",
    isSlow: index !== 5,
    async act(run) {
      const { tab } = await run.startHeldAt(index);
      await tab.reload();
      const { id } = await tab.restore();
      await tab.attach(id, run.video.path);
      return await run.finish(tab, id);
    },
  };
}

function goOffline(index: number): Scenario {
  return {
    name: `the laptop is offline during fragment ${index + 1} of ${FRAGMENTS}`,
    family: "the laptop is offline for a while",
    isSlow: index !== 2,
    async act(run) {
      const { tab, id } = await run.startHeldAt(index);
      const context = await run.context();
      await context.setOffline(true);
      const state = await tab.until(id, "waiting");
      if (state.error?.code !== "offline") throw new Error(`The person reads ${state.error?.code}.`);
      await context.setOffline(false);
      return await run.finish(tab, id);
    },
  };
}

function useTwoTabs(index: number): Scenario {
  return {
    name: `a second tab wants the upload during fragment ${index + 1} of ${FRAGMENTS}`,
    family: "two tabs want the same upload",
    isSlow: index !== 0,
    async act(run) {
      const { tab, id } = await run.startHeldAt(index);
      const second = await run.openTab();
      const twin = await second.restore();
      await second.attach(twin.id, run.video.path);
      const state = await second.until(twin.id, "in_use_elsewhere", "complete");
      if (state.status !== "in_use_elsewhere" && index < LAST) throw new Error("Two tabs sent at once.");
      const outcome = await run.finish(tab, id);
      const seen = toOutcome(await second.until(twin.id, "complete"));
      return seen.kind === "whole" ? outcome : seen;
    },
  };
}

function takeOverBackAndForth(index: number): Scenario {
  return {
    name: `two tabs take the upload from each other during fragment ${index + 1} of ${FRAGMENTS}`,
    family: "two tabs want the same upload",
    isSlow: index !== 2,
    async act(run) {
      const { tab, id } = await run.startHeldAt(index);
      const second = await run.openTab();
      const twin = await second.restore();
      await second.attach(twin.id, run.video.path);
      for (let turn = 0; turn < 3; turn++) {
        await second.call("takeOver", twin.id);
        await tab.call("takeOver", id);
      }
      await eventually("one of the tabs gets to the end", async () => {
        for (const [each, own] of [[second, twin.id], [tab, id]] as const) {
          await each.call("takeOver", own);
          if ((await each.state(own)).status === "complete") return true;
        }
      }, 60_000);
      const [first, other] = [await tab.until(id, "complete"), await second.until(twin.id, "complete")];
      return first.status === "complete" ? toOutcome(other) : toOutcome(first);
    },
  };
}

const waitForTheLease: Scenario = {
  name: "the browser is killed, and the one after it waits for the lease to end",
  family: "the browser is killed and opened again",
  isSlow: true,
  async act(run) {
    await run.startHeldAt(4);
    await run.rig.killBrowser();
    const tab = await run.openTab();
    // The lease of a tab that is gone ends after 45 s.
    tab.patienceMs = 75_000;
    const { id } = await tab.restore();
    await tab.attach(id, run.video.path);
    return await run.finish(tab, id);
  },
};

const loseTheBrowserAtTheEnd: Scenario = {
  name: "the browser is killed while OneDrive still processes the file",
  family: "the browser is killed and opened again",
  isSlow: true,
  async act(run) {
    await run.rig.sandbox.set({ processing_ms: 3_000 });
    const tab = await run.openTab();
    const id = await tab.add(run.video.path);
    await tab.until(id, "verifying");
    await run.rig.killBrowser();
    return await run.resumeInNewTab();
  },
};

import type { Fault, MicrosoftSettings } from "../support/sandbox.ts";
import { FRAGMENT_BYTES, FRAGMENTS, type Scenario } from "../support/scenario.ts";

interface FragmentFault {
  readonly name: string;
  readonly fault: Fault;
  readonly settings?: MicrosoftSettings;
}

/** What can happen to one fragment on its way to OneDrive. */
export const FRAGMENT_FAULTS: readonly FragmentFault[] = [
  { name: "cut at its first byte", fault: { kind: "drop_after", value: 1 } },
  { name: "cut in the middle", fault: { kind: "drop_after", value: 150_000 } },
  { name: "cut at its last byte", fault: { kind: "drop_after", value: FRAGMENT_BYTES - 1 } },
  {
    name: "cut, and its beginning kept",
    fault: { kind: "drop_after", value: 150_000 },
    settings: { partial_fragments: true },
  },
  { name: "stored, its answer lost", fault: { kind: "lost_answer" } },
  { name: "stored, but answered 500", fault: { kind: "status_after", value: 500 } },
  { name: "answered 401", fault: { kind: "status", value: 401 } },
  { name: "answered 403", fault: { kind: "status", value: 403 } },
  { name: "answered 404", fault: { kind: "status", value: 404 } },
  { name: "answered 416", fault: { kind: "status", value: 416 } },
  { name: "answered 429", fault: { kind: "status", value: 429 } },
  { name: "answered 429 with Retry-After", fault: { kind: "rate_limit", value: 1 } },
  { name: "answered 503", fault: { kind: "status", value: 503 } },
  { name: "answered 503 with Retry-After", fault: { kind: "status", value: 503, retry_after: 1 } },
  { name: "answered 500", fault: { kind: "status", value: 500 } },
  {
    name: "answered 502 with HTML",
    fault: { kind: "status", value: 502 },
    settings: { html_errors: true },
  },
  { name: "left without any answer", fault: { kind: "delay", value: 20_000 } },
  { name: "refused for good: its address died", fault: { kind: "revoke" } },
];

/** Every fault at every fragment. */
export function listFragmentFaults(): Scenario[] {
  return FRAGMENT_FAULTS.flatMap((kind) =>
    Array.from({ length: FRAGMENTS }, (_, index): Scenario => ({
      name: `fragment ${index + 1} of ${FRAGMENTS} ${kind.name}`,
      family: `a fragment is ${kind.name}`,
      async act(run) {
        if (kind.settings) await run.rig.sandbox.set(kind.settings);
        await run.fault({ ...kind.fault, skip: index });
        return await run.upload();
      },
    }))
  );
}

import type { FaultRun, Outcome } from "./fault-run.ts";

/** The runs' file: eight fragments of 320 KiB, the last one 100 bytes longer. */
export const FRAGMENT_BYTES = 327_680;
export const FRAGMENTS = 8;
export const LAST = FRAGMENTS - 1;
export const FILE_BYTES = FRAGMENTS * FRAGMENT_BYTES + 100;

export interface Scenario {
  readonly name: string;
  /** The kind of fault, for the table of the document. */
  readonly family: string;
  /** Code of the refusal that is right here; absent: the upload must end whole. */
  readonly refusal?: string;
  /** Takes many seconds, so only the full run has it. */
  readonly isSlow?: boolean;
  /** A creation whose answer nobody ever heard may leave an empty session, which OneDrive drops by itself. */
  readonly mayLoseCreation?: boolean;
  act(run: FaultRun): Promise<Outcome>;
}

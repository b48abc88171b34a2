interface Attempt {
  step: string;
  outcome: string;
  error_message: string | null;
}

const STEPS: Record<string, string> = {
  prepare: "Preparing",
  upload: "Uploading",
  poll: "Processing",
  publish: "Going out",
  confirm: "Waiting for the confirmation",
  reconcile: "Asking whether it is there",
  follow_up: "Cover or first comment",
};

const OUTCOMES: Record<string, string> = {
  unknown: "the answer got lost.",
  lost: "our side broke off; somebody else went on.",
  decided_there: "you said that it is there.",
  decided_again: "you asked to post it again.",
};

/** An attempt in a sentence. */
export function describeAttempt({ step, outcome, error_message }: Attempt): string {
  const words = OUTCOMES[outcome] ?? error_message ?? `${outcome.replaceAll("_", " ")}.`;
  return `${STEPS[step] ?? step}: ${words}`;
}

import { stepsOf } from "../failure-steps.ts";

/** What to do about a sign-in that connected nothing, step by step; nothing where the sentence says it all. */
export function FailureGuide({ code, provider }: { code: string | null; provider: string }) {
  const steps = code === null ? undefined : stepsOf(code, provider);
  if (!steps) return null;
  return (
    <ol className="grid list-decimal gap-1 pl-5 text-ink-soft marker:text-ink-faint">
      {steps.map((step) => <li key={step}>{step}</li>)}
    </ol>
  );
}

/** A figure and what it is compared with, both of this run. */
export interface BenchResult {
  readonly bench: string;
  /** `throughput`: higher is better; `time`: lower is better; `claims`: per second; `memory`: bytes. */
  readonly metric: "throughput" | "time" | "claims" | "memory";
  readonly value: number;
  readonly unit: string;
  readonly baseline: string;
  readonly baselineValue: number;
}

/** Prints a result as its one line of JSON on stdout; `ratio` is value / baseline. */
export function printResult(result: BenchResult): void {
  const { bench, metric, value, unit, baseline, baselineValue } = result;
  const ratio = round(value / baselineValue, 2);
  console.log(JSON.stringify({
    bench,
    metric,
    value: round(value),
    unit,
    baseline,
    baseline_value: round(baselineValue),
    ratio,
  }));
}

/** Tells a person how it goes; stdout is for results alone. */
export function note(text: string): void {
  console.error(text);
}

/** Small figures keep their digits, large ones one decimal. */
function round(value: number, digits = Math.abs(value) < 10 ? 3 : 1): number {
  return Number(value.toFixed(digits));
}

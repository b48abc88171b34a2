import type { Figure } from "./bars.ts";

export interface Suite {
  readonly title: string;
  /** Arguments of deno. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly onFigure: (figure: Figure) => void;
}

export interface SuiteOutcome {
  readonly success: boolean;
  readonly figures: readonly Figure[];
  readonly seconds: number;
}

/** Runs a suite to its end; what it prints as JSON is a figure, the rest goes to stderr. */
export async function runSuite({ args, env, onFigure }: Suite): Promise<SuiteOutcome> {
  const startedAt = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    env: { NO_COLOR: "1", ...env },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const figures: Figure[] = [];
  let rest = "";
  const take = (line: string) => {
    const figure = parseFigure(line);
    if (!figure) return console.error(line);
    figures.push(figure);
    onFigure(figure);
  };
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(take);
  }
  if (rest) take(rest);
  const { success } = await child.status;
  return { success, figures, seconds: Math.round((performance.now() - startedAt) / 1000) };
}

/** A line of JSON, or what the summary of a test run counts. */
function parseFigure(line: string): Figure | null {
  const counts = /^(?:ok|FAILED) \| (\d+) passed(?: \((\d+) steps?\))? \| (\d+) failed/.exec(line);
  if (counts) {
    const [, passed, steps, failed] = counts.map(Number);
    return { tests: passed, steps: steps || 0, failures: failed };
  }
  // The steps of the fuzz suites carry their figures in their titles.
  const cases = /^\s+(.+): (\d+) routes, (\d+) cases, (\d+) refused properly, (\d+) odd/.exec(line);
  if (cases) {
    const [, room, routes, count, refused, odd] = cases;
    return { room, routes: Number(routes), cases: Number(count), refused: Number(refused), odd: Number(odd) };
  }
  if (!line.startsWith("{")) return null;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** What came of the tests in some folders. `failed` is at least 1 when Deno found fault with anything. */
export interface TestResult {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Runs the tests under `paths` in a process of their own. Its lines are printed a test file at a time, so that they
 * stay together when other tests run beside it.
 */
export async function runTests(paths: readonly string[]): Promise<TestResult> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["test", "--allow-all", "--no-check", "--quiet", ...paths],
    env: { NO_COLOR: "1", STACK_DB_FSYNC: "off" },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();

  let summary: RegExpMatchArray | null = null;
  let file: string[] = [];
  const print = () => {
    if (file.length > 0) console.log(file.join("\n"));
    file = [];
  };
  for await (const line of child.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(splitLines())) {
    if (/^running \d+ tests? from /.test(line)) print();
    file.push(line);
    summary = /\| (\d+) passed.*\| (\d+) failed/.exec(line) ?? summary;
  }
  print();
  const { success } = await child.status;
  const failed = summary ? Number(summary[2]) : 1;
  return { passed: Number(summary?.[1] ?? 0), failed: success ? failed : Math.max(failed, 1) };
}

function splitLines(): TransformStream<string, string> {
  let rest = "";
  return new TransformStream({
    transform(chunk, controller) {
      const parts = (rest + chunk).split("\n");
      rest = parts.pop() ?? "";
      for (const part of parts) controller.enqueue(part);
    },
    flush(controller) {
      if (rest) controller.enqueue(rest);
    },
  });
}

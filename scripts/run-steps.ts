/** One named check: a program and its arguments, run from the repository's root. */
export interface Step {
  name: string;
  command: string;
  args: string[];
}

/**
 * Runs steps one after the other, prints the output of those that fail, and a line with the time of each.
 *
 * @returns names of the steps that failed
 */
export async function runSteps(steps: readonly Step[]): Promise<string[]> {
  const failed: string[] = [];
  for (const step of steps) {
    const startedAt = performance.now();
    const { success, stdout, stderr } = await new Deno.Command(step.command, {
      args: step.args,
      stdout: "piped",
      stderr: "piped",
    }).output();
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`${success ? "ok    " : "FAILED"} ${step.name} (${seconds} s)`);
    if (!success) {
      failed.push(step.name);
      await Deno.stdout.write(stdout);
      await Deno.stderr.write(stderr);
    }
  }
  return failed;
}

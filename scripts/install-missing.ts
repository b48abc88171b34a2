/**
 * Runs the commands that install a missing program, one after the other, and says so.
 *
 * @param name of the program, as a person knows it
 * @param explain what to do by hand, given the command that failed
 * @throws Error with that explanation
 */
export async function installMissing(
  name: string,
  commands: readonly (readonly string[])[],
  explain: (command: string) => string,
): Promise<void> {
  for (const [program = "", ...args] of commands) {
    const command = [program, ...args].join(" ");
    console.log(`No ${name} found, running: ${command}`);
    const { success } = await new Deno.Command(program, {
      args,
      env: { DEBIAN_FRONTEND: "noninteractive" },
      stdout: "null",
    }).output();
    if (!success) throw new Error(explain(command));
  }
}

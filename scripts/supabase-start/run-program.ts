/** Runs a program to its end and returns what it printed. @throws Error with its output when it fails */
export async function runProgram(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, { args: [...args], env: { ...env } })
    .output();
  const text = new TextDecoder();
  if (!success) {
    throw new Error(`${command} ${args.join(" ")} failed:\n${text.decode(stderr)}${text.decode(stdout)}`);
  }
  return text.decode(stdout);
}

/** The Supabase CLI of package.json, on the project in `dir`. */
export function runSupabase(
  dir: string,
  args: readonly string[],
  env?: Record<string, string>,
): Promise<string> {
  return runProgram("node_modules/.bin/supabase", [...args, "--workdir", dir], env);
}

const MAX_LINES = 30;

/** The lines in which two texts differ, as a short unified diff; longer ones are cut. */
export async function describeDifference(committed: string, generated: string): Promise<string> {
  const dir = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${dir}/committed`, committed);
    await Deno.writeTextFile(`${dir}/generated`, generated);
    const { stdout } = await new Deno.Command("diff", {
      args: ["--unified=1", "committed", "generated"],
      cwd: dir,
    }).output();
    const lines = new TextDecoder().decode(stdout).trimEnd().split("\n").slice(2);
    const rest = lines.length - MAX_LINES;
    return lines.slice(0, MAX_LINES).join("\n") + (rest > 0 ? `\n... and ${rest} lines more` : "");
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

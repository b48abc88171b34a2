import assert from "node:assert/strict";

const ROOT = new URL("../../", import.meta.url);
const CLI = new URL("node_modules/.bin/supabase", ROOT).pathname;
const PAGES = ["docs/deploy.md", "docs/operations.md"];

interface Command {
  /** Words before the first flag or value: `db push`. */
  readonly words: readonly string[];
  readonly flags: readonly string[];
}

/** Every `npx supabase …` of a page, in blocks and inside sentences. */
function findCommands(page: string): Command[] {
  return [...page.matchAll(/npx supabase ([^`\n]+)/g)].map(([, text]) => {
    const parts = text!.replaceAll(/"[^"]*"/g, "").trim().split(/\s+/);
    const end = parts.findIndex((part) => !/^[a-z-]+$/.test(part) || part.startsWith("-"));
    return {
      words: end < 0 ? parts : parts.slice(0, end),
      flags: parts.filter((part) => part.startsWith("--")).map((flag) => flag.split("=")[0]!),
    };
  });
}

async function readHelp(words: readonly string[]): Promise<string> {
  const output = await new Deno.Command(CLI, {
    args: [...words, "--help"],
    env: { NO_COLOR: "1", DO_NOT_TRACK: "1", SUPABASE_TELEMETRY_DISABLED: "1" },
    stdout: "piped",
    stderr: "piped",
  }).output();
  return new TextDecoder().decode(output.stdout);
}

for (const name of PAGES) {
  Deno.test(`${name} names commands and flags that the Supabase CLI has`, async (t) => {
    const commands = findCommands(await Deno.readTextFile(new URL(name, ROOT)));
    assert.ok(commands.length > 0);
    const flagsOf = new Map<string, Set<string>>();
    for (const { words, flags } of commands) {
      // A positional argument may follow the subcommand: `projects create cliprelay`.
      const command = words.slice(0, ["login", "link"].includes(words[0]!) ? 1 : 2).join(" ");
      flagsOf.set(command, (flagsOf.get(command) ?? new Set()).union(new Set(flags)));
    }
    for (const [command, flags] of flagsOf) {
      await t.step(`${command} ${[...flags].join(" ")}`, async () => {
        const help = await readHelp(command.split(" "));
        assert.match(help, new RegExp(`^  supabase ${command} `, "m"), "its own help, not its parent's");
        for (const flag of flags) assert.match(help, new RegExp(`${flag}[\\s,[]`), flag);
        // What could mean the machine instead of the project says which.
        if (/Local by default/.test(help)) {
          assert.ok(flags.has("--remote"), `${command} is local without --remote`);
        }
      });
    }
  });
}

const PAGE = new URL("../../../docs/operations.md", import.meta.url);

/** The snippets of the runbook by the name that follows ```sql; one without a name, or with one twice, is an error. */
export async function readRunbook(): Promise<ReadonlyMap<string, string>> {
  const page = await Deno.readTextFile(PAGE);
  const snippets = new Map<string, string>();
  for (const [, name, text] of page.matchAll(/^```sql *(.*)\n([^]*?)^```$/gm)) {
    if (!/^[a-z-]+$/.test(name!) || snippets.has(name!)) throw new Error(`A snippet is named "${name}".`);
    snippets.set(name!, text!.trim());
  }
  return snippets;
}

/** The snippet with a value for each of its placeholders, as an operator would type them. */
export function fillSnippet(text: string, values: Readonly<Record<string, string>>): string {
  const filled = text.replaceAll(/<([a-z -]+)>/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`No value for <${name}>.`);
    return value.replaceAll("'", "''");
  });
  const unused = Object.keys(values).filter((name) => !text.includes(`<${name}>`));
  if (unused.length > 0) throw new Error(`The snippet does not use ${unused.join(", ")}.`);
  return filled;
}

import { join } from "node:path";

/** The lines in which a stack's meter recorded that a function used more than the hosted runtime allows. */
export async function readViolations(dataDir: string): Promise<string[]> {
  try {
    const records = await Deno.readTextFile(join(dataDir, "logs", "meter.jsonl"));
    return records.trim().split("\n").filter((line) => JSON.parse(line).level === "violation");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

import { numberFilename } from "./safe-filename.ts";

const LAST_NUMBER = 9;

/** Names to try for a file: itself, "name (2).mp4" up to 9, then one that is free for sure. */
export function* candidateNames(name: string, randomText: () => string): Generator<string> {
  yield name;
  for (let number = 2; number <= LAST_NUMBER; number++) yield numberFilename(name, String(number));
  yield numberFilename(name, randomText());
}

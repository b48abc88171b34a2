import { invalidRequest } from "../graph-failure.ts";

const FORBIDDEN_CHARACTERS = /["*:<>?/\\|\p{Cc}]/u;
const FORBIDDEN_NAMES = /^(\.lock|desktop\.ini|con|prn|aux|nul|com\d|lpt\d)$/i;
const MAX_SEGMENT = 255;
const MAX_PATH = 400;

/** Refuses a name OneDrive does not take: 400 `invalidRequest` with `invalidPath` or `pathIsTooLong` inside. */
export function checkItemName(name: string, isInRoot: boolean): void {
  const isRefused = name === "" || name !== name.trim() || name.endsWith(".") ||
    FORBIDDEN_CHARACTERS.test(name) || FORBIDDEN_NAMES.test(name) || name.includes("_vti_") ||
    name.startsWith("~$") || (isInRoot && name.toLowerCase() === "forms");
  if (isRefused) throw invalidRequest("The provided name cannot contain disallowed values.", "invalidPath");
  if (name.length > MAX_SEGMENT) throw invalidRequest("The name is too long.", "pathIsTooLong");
}

/** Refuses a path of more than 400 characters. */
export function checkPathLength(path: string): void {
  if (path.length > MAX_PATH) throw invalidRequest("The path is too long.", "pathIsTooLong");
}

/** Names are compared without regard to case. */
export function foldName(name: string): string {
  return name.toLowerCase();
}

/** `clip.mp4` -> `clip 1.mp4`: the first name in the series that is free. */
export function findFreeName(name: string, isTaken: (name: string) => boolean): string {
  const dot = name.lastIndexOf(".");
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  let candidate = name;
  for (let n = 1; isTaken(candidate); n++) candidate = `${stem} ${n}${extension}`;
  return candidate;
}

const MAX_NAME_LENGTH = 200;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d|desktop\.ini|\.lock|forms)(\.|$)/i;

/**
 * A name OneDrive accepts, as close to `name` as possible. Its rules: none of " * : < > ? / \ |, no control
 * characters, no space at the ends, no dot at the end, some reserved names, no `_vti_`, no `~` in front.
 */
export function toSafeFilename(name: string): string {
  const clean = name
    .toWellFormed()
    // deno-lint-ignore no-control-regex -- control characters are what is removed here
    .replace(/[\u0000-\u001f\u007f"*:<>?/\\|]/g, "_")
    .replace(/_+vti_+/gi, "vti")
    .replace(/^[\s~]+|[\s.]+$/g, "");
  const { stem, extension } = splitFilename(clean);
  const shortened = stem.slice(0, MAX_NAME_LENGTH - extension.length).trim().toWellFormed();
  const joined = `${shortened}${extension}`;
  if (shortened === "") return `video${extension}`;
  return RESERVED.test(joined) ? `_${joined}` : joined;
}

/** "name (2).mp4" for "name.mp4" and "2". */
export function numberFilename(name: string, number: string): string {
  const { stem, extension } = splitFilename(name);
  return `${stem} (${number})${extension}`;
}

function splitFilename(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf(".");
  const extension = dot >= 0 ? name.slice(dot) : "";
  if (extension.length < 2 || extension.length > 10) return { stem: name, extension: "" };
  return { stem: name.slice(0, dot), extension };
}

import { posix } from "node:path";

/** Where an import leads: a file of this repository, or a package (`node:` built-ins count as packages). */
export type ImportTarget = { kind: "file"; path: string } | { kind: "package"; name: string };

const WEB_ALIAS = "@/";

/**
 * Resolves a specifier as our code uses them: relative paths with extension, `@/` for web/src, else a package.
 *
 * @param file importing file, relative to the root
 */
export function resolveImport(file: string, specifier: string): ImportTarget {
  if (specifier.startsWith(".")) {
    return { kind: "file", path: stripQuery(posix.join(posix.dirname(file), specifier)) };
  }
  if (specifier.startsWith(WEB_ALIAS)) {
    return { kind: "file", path: stripQuery(posix.join("web/src", specifier.slice(WEB_ALIAS.length))) };
  }
  if (specifier.startsWith("node:")) return { kind: "package", name: specifier };
  const parts = specifier.replace(/^npm:/, "").split("/");
  return { kind: "package", name: specifier.startsWith("@") ? parts.slice(0, 2).join("/") : parts[0] ?? "" };
}

function stripQuery(path: string): string {
  return path.replace(/\?.*$/, "");
}

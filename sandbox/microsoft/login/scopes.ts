const GRAPH_PREFIX = "https://graph.microsoft.com/";

const KNOWN_SCOPES = [
  "openid",
  "profile",
  "email",
  "offline_access",
  "User.Read",
  "Files.Read",
  "Files.Read.All",
  "Files.ReadWrite",
  "Files.ReadWrite.All",
  "Files.ReadWrite.AppFolder",
] as const;

/** Splits a scope parameter into the short names of Graph; null when one of them does not exist. */
export function parseScopes(text: string): string[] | null {
  const scopes: string[] = [];
  for (const word of text.split(" ").filter(Boolean)) {
    const short = word.startsWith(GRAPH_PREFIX) ? word.slice(GRAPH_PREFIX.length) : word;
    const known = KNOWN_SCOPES.find((scope) => scope.toLowerCase() === short.toLowerCase());
    if (known === undefined) return null;
    if (!scopes.includes(known)) scopes.push(known);
  }
  return scopes;
}

export function canReadProfile(scopes: readonly string[]): boolean {
  return scopes.includes("User.Read");
}

export function canReadFiles(scopes: readonly string[]): boolean {
  return scopes.some((scope) => scope.startsWith("Files."));
}

export function canWriteFiles(scopes: readonly string[]): boolean {
  return scopes.some((scope) => scope === "Files.ReadWrite" || scope === "Files.ReadWrite.All");
}

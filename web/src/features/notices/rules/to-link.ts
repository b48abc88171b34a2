/** Where a notice leads, as the router takes it: path and search apart. */
export function toLink(path: string): { to: string; search: Record<string, string> } {
  const { pathname, searchParams } = new URL(path, "https://site.invalid");
  return { to: pathname, search: Object.fromEntries(searchParams) };
}

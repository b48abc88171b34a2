/** The usual parameters of a call with a test's changes; an empty value leaves one out. */
export function withChanges(
  usual: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string>>,
): URLSearchParams {
  const query = new URLSearchParams({ ...usual, ...changes });
  for (const [name, value] of [...query]) if (value === "") query.delete(name);
  return query;
}

/** Compares two texts without telling by its duration where they differ. */
export function isEqualConstantTime(left: string, right: string): boolean {
  const encoder = new TextEncoder();
  const a = encoder.encode(left);
  const b = encoder.encode(right);
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index++) difference |= a[index]! ^ (b[index % (b.length || 1)] ?? 0);
  return difference === 0;
}

/** Seconds as a person says them: whole minutes where they are, `1 minute 30 seconds` otherwise. */
export function formatLength(seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), Math.round(seconds % 60)];
  const say = (amount: number, unit: string) => `${amount} ${unit}${amount === 1 ? "" : "s"}`;
  const words = [minutes > 0 && say(minutes, "minute"), rest > 0 && say(rest, "second")];
  return words.filter(Boolean).join(" ");
}

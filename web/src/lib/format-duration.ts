/** Length of a video as a player shows it: `2:41`, `1:02:09`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  const hours = Math.floor(seconds / 3600);
  if (hours > 0) parts.unshift(hours);
  return parts.map((part, index) => index === 0 ? String(part) : String(part).padStart(2, "0")).join(":");
}

/** Remaining time in round words: `about 20 s left`, `3 min left`. */
export function formatTimeLeft(seconds: number): string {
  if (seconds < 5) return "a moment left";
  if (seconds < 60) return `${Math.ceil(seconds / 5) * 5} s left`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min left`;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.ceil((seconds % 3600) / 60);
  return minutes === 60 ? `${hours + 1} h left` : `${hours} h ${minutes} min left`;
}

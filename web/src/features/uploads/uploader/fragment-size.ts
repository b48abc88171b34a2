import {
  FRAGMENT_MULTIPLE_BYTES,
  MAX_FRAGMENT_BYTES,
} from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";

/** A fragment should take about this long: a broken one costs little, the pause between two even less. */
const TARGET_SECONDS = 6;
/** One step grows at most this much, so that one lucky measurement does not decide. */
const MAX_GROWTH = 6;

/** The largest legal fragment not above `bytes`, at least one unit of 320 KiB. */
export function alignFragment(bytes: number): number {
  const aligned = Math.floor(bytes / FRAGMENT_MULTIPLE_BYTES) * FRAGMENT_MULTIPLE_BYTES;
  return Math.min(Math.max(aligned, FRAGMENT_MULTIPLE_BYTES), MAX_FRAGMENT_BYTES);
}

/**
 * The length of the next fragment.
 * @param current length used so far, bytes
 * @param sent bytes of the fragment that was stored, and how long it took until OneDrive said so
 */
export function adaptFragment(current: number, sent: { bytes: number; ms: number }): number {
  const ideal = sent.bytes / Math.max(sent.ms, 1) * 1000 * TARGET_SECONDS;
  return alignFragment(Math.min(ideal, current * MAX_GROWTH));
}

/** The length after a fragment was lost: half, so that a line that breaks often still gets something through. */
export function shrinkFragment(current: number): number {
  return alignFragment(current / 2);
}

/**
 * Where the fragment that begins at `offset` ends (exclusive). The last one takes a short rest along; a last
 * fragment of a single byte, which OneDrive was seen to refuse, is made only when nothing else is left.
 * @param maxBytes what the way to OneDrive takes at most
 */
export function fragmentEnd(
  offset: number,
  size: number,
  wanted: number,
  maxBytes: number = MAX_FRAGMENT_BYTES,
): number {
  const length = Math.min(wanted, maxBytes);
  const left = size - offset;
  if (left <= length) return size;
  const rest = left - length;
  if (rest < FRAGMENT_MULTIPLE_BYTES && left <= maxBytes) return size;
  if (rest === 1) return offset + alignFragment(length - FRAGMENT_MULTIPLE_BYTES);
  return offset + length;
}

import type { TargetStatus } from "../../../../../supabase/functions/_shared/contracts/publish.ts";

/** The way of a post to a platform, in words. */
export const PROGRESS_STEPS = ["Prepare", "Upload", "Process", "Ready", "Go out"] as const;

const REACHED: Partial<Record<TargetStatus, number>> = {
  preparing: 0,
  uploading: 1,
  processing: 2,
  ready: 3,
  publishing: 4,
};

/** The step a target is at, counted from 0; null while it does not move along them. */
export const progressOf = (status: TargetStatus): number | null => REACHED[status] ?? null;

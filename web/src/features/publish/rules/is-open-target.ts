import type { PostTarget } from "./post-target.ts";

const FIXED: readonly PostTarget["status"][] = ["publishing", "unknown", "published", "canceled"];

/** True until a target's irreversible call is begun: its text, options and time can still be changed. */
export const isOpenTarget = ({ status }: Pick<PostTarget, "status">): boolean => !FIXED.includes(status);

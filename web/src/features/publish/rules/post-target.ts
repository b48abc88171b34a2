import type { Post } from "../../../../../supabase/functions/_shared/contracts/publish.ts";

/** How a post stands on one account. */
export type PostTarget = Post["targets"][number];

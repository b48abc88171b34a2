import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";

/** True while an account takes posts; one whose access has ended has to be reconnected first. */
export const canPostTo = ({ status }: Pick<PublishConnection, "status">): boolean =>
  status === "connected" || status === "expiring" || status === "error";

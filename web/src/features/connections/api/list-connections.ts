import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { publishConnectionSchema } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { queryKeys } from "../../../lib/query-keys.ts";

/** The accounts a user publishes to, on every platform. */
export const connectionsOptions = queryOptions({
  queryKey: queryKeys.connections,
  queryFn: ({ signal }) => callFunction("publish/connections", z.array(publishConnectionSchema), { signal }),
  staleTime: 60_000,
});

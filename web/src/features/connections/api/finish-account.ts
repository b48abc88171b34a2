import { useMutation } from "@tanstack/react-query";
import type { FinishRequest } from "../../../../../supabase/functions/_shared/contracts/connections.ts";
import { publishConnectionSchema } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { announceConnection } from "../../../lib/connection-channel.ts";

interface Finish extends FinishRequest {
  provider: string;
}

/** Hands the consent page's answer to the server and tells the tab that asked. */
async function finishAccount({ provider, code, state }: Finish) {
  const path = `publish/connections/${encodeURIComponent(provider)}/finish`;
  const connection = await callFunction(path, publishConnectionSchema, {
    method: "POST",
    body: { code, state },
  });
  announceConnection(connection.platform);
  return connection;
}

export const useFinishAccount = () => useMutation({ mutationFn: finishAccount, meta: { quiet: true } });

import { useMutation } from "@tanstack/react-query";
import { connectionSchema } from "../../../../../supabase/functions/_shared/contracts/connections.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { announceConnection } from "../../../lib/connection-channel.ts";

interface Finish {
  code: string;
  state: string;
  /** Set after the user agreed to use another OneDrive account than before. */
  confirmSwitch?: boolean;
}

/** Hands the consent page's answer to the server and tells the tab that asked. */
async function finishConnection({ code, state, confirmSwitch }: Finish) {
  const body = { code, state, ...(confirmSwitch && { confirm_switch: true }) };
  const connection = await callFunction("onedrive/finish", connectionSchema, { method: "POST", body });
  announceConnection("onedrive");
  return connection;
}

export const useFinishConnection = () => useMutation({ mutationFn: finishConnection, meta: { quiet: true } });

import { useMutation } from "@tanstack/react-query";
import { authUrlResponseSchema } from "../../../../../supabase/functions/_shared/contracts/connections.ts";
import { callFunction } from "../../../lib/call-function.ts";

/**
 * Opens Microsoft's consent page in a small window, or in this tab where windows are blocked. The window is
 * opened before the first await: browsers allow that only while handling the click.
 */
async function startConnection(): Promise<void> {
  const popup = globalThis.open("", "cliprelay-connect", "popup,width=520,height=720");
  try {
    const { url } = await callFunction("onedrive/auth-url", authUrlResponseSchema);
    if (popup) popup.location.replace(url);
    else globalThis.location.assign(url);
  } catch (error) {
    popup?.close();
    throw error;
  }
}

export const useStartConnection = () => useMutation({ mutationFn: startConnection });

import { useMutation } from "@tanstack/react-query";
import { authUrlResponseSchema } from "../../../../../supabase/functions/_shared/contracts/connections.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { openConsent } from "../../../lib/open-consent.ts";

/** Opens Microsoft's consent page. */
const startConnection = () =>
  openConsent(async () => (await callFunction("onedrive/auth-url", authUrlResponseSchema)).url);

export const useStartConnection = () => useMutation({ mutationFn: startConnection });

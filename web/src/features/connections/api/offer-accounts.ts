import { useMutation } from "@tanstack/react-query";
import { offeredAccountsSchema } from "../../../../../supabase/functions/_shared/contracts/publish-connections.ts";
import { callFunction } from "../../../lib/call-function.ts";

/** Checks a Blotato key and asks which TikTok accounts it serves; the server keeps it for ten minutes. */
export const useOfferAccounts = () =>
  useMutation({
    mutationFn: (apiKey: string) =>
      callFunction("publish/connections/tiktok/blotato", offeredAccountsSchema, {
        method: "POST",
        body: { api_key: apiKey },
      }),
    meta: { quiet: true },
    // Nothing of a key stays in the tab.
    gcTime: 0,
  });

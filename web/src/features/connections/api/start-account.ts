import { useMutation } from "@tanstack/react-query";
import { authUrlResponseSchema } from "../../../../../supabase/functions/_shared/contracts/connections.ts";
import type { PublishAuthUrlRequest } from "../../../../../supabase/functions/_shared/contracts/publish-connections.ts";
import type { Platform } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { callFunction } from "../../../lib/call-function.ts";
import { openConsent } from "../../../lib/open-consent.ts";

interface Start {
  platform: Platform;
  route?: PublishAuthUrlRequest["route"];
}

/** Opens the platform's consent page. */
const startAccount = ({ platform, route }: Start) =>
  openConsent(async () => {
    const path = `publish/connections/${platform}/auth-url`;
    return (await callFunction(path, authUrlResponseSchema, { method: "POST", body: { route } })).url;
  });

export const useStartAccount = () => useMutation({ mutationFn: startAccount });

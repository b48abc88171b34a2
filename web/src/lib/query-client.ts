import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiFailure, isPassing } from "./api-failure.ts";
import { supabase } from "./supabase.ts";

declare module "@tanstack/react-query" {
  interface Register {
    /** `quiet` mutations show their failure themselves. */
    mutationMeta: { quiet?: boolean };
  }
}

/** The cache of this tab: passing failures are tried again, failed writes are said in a toast. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: signOutWhenRefused }),
  mutationCache: new MutationCache({
    onError: async (error, _variables, _context, mutation) => {
      signOutWhenRefused(error);
      if (mutation.meta?.quiet) return;
      const { toast } = await import("sonner");
      toast.error(error.message, { description: quoteRequest(error) });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => isPassing(error) && failures < 2,
    },
    mutations: { networkMode: "always" },
  },
});

function signOutWhenRefused(error: unknown): void {
  if (error instanceof ApiFailure && error.status === 401) void supabase.auth.signOut({ scope: "local" });
}

function quoteRequest(error: Error): string | undefined {
  return error instanceof ApiFailure && error.requestId ? `Request ${error.requestId}` : undefined;
}

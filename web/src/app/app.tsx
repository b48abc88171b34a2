import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, StrictMode, Suspense, useEffect } from "react";
import { queryClient } from "../lib/query-client.ts";
import { supabase } from "../lib/supabase.ts";
import { router } from "./router.tsx";

const Toaster = lazy(async () => ({ default: (await import("../components/ui/toaster.tsx")).Toaster }));

export function App() {
  useEffect(forgetOnSignOut, []);
  return (
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Suspense>
          <Toaster />
        </Suspense>
      </QueryClientProvider>
    </StrictMode>
  );
}

/** Nothing of one user stays for the next; the guard of the open page then asks to sign in. */
function forgetOnSignOut(): () => void {
  const { data } = supabase.auth.onAuthStateChange((event) => {
    if (event !== "SIGNED_OUT") return;
    queryClient.clear();
    void router.invalidate();
  });
  return () => data.subscription.unsubscribe();
}

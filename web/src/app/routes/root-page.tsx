import { Outlet, useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";

const TITLES: [RegExp, string][] = [
  [/^\/sign-in/, "Sign in"],
  [/^\/sign-up/, "Create an account"],
  [/^\/forgot-password/, "Forgot password"],
  [/^\/set-password/, "New password"],
  [/^\/confirm-email/, "Confirm your e-mail"],
  [/^\/connect/, "Connecting"],
  [/^\/products/, "Products"],
  [/^\/videos/, "Videos"],
  [/^\/tasks/, "Tasks"],
  [/^\/settings\/profile/, "Profile"],
  [/^\/settings\/security/, "Sign-in & security"],
  [/^\/settings\/accounts/, "Accounts"],
  [/^\/settings\/account/, "Data & account"],
  [/^\/settings/, "OneDrive"],
];

/** Every page: keeps the window's title in step with the address. */
export function RootPage() {
  const path = useRouterState({
    select: (state) => state.resolvedLocation?.pathname ?? state.location.pathname,
  });
  useEffect(() => {
    const title = TITLES.find(([pattern]) => pattern.test(path))?.[1];
    document.title = title ? `${title} · Cliprelay` : "Cliprelay";
  }, [path]);
  return <Outlet />;
}

/**
 * Where a link from a mail should lead, or null for every other address. Auth servers return to the site's root
 * or to the page that asked, with the outcome behind the hash.
 * @param url the address the app was opened with
 * @returns path, query and hash of this site
 */
export function readArrival(url: URL): string | null {
  if (url.pathname.startsWith("/connect/")) return null;
  const outcome = new URLSearchParams(url.hash.slice(1));
  if (outcome.get("type") === "recovery" && outcome.has("access_token")) return `/set-password${url.hash}`;
  if (outcome.has("error_code") || outcome.has("error_description")) {
    const isConfirmation = url.pathname === "/confirm-email";
    return isConfirmation ? "/confirm-email?expired=true" : "/forgot-password?expired=true";
  }
  return null;
}

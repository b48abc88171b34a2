import type { PublishConnection } from "../../../../supabase/functions/_shared/contracts/publish.ts";

const DAY = new Intl.DateTimeFormat("en", { day: "numeric", month: "long" });
const DAY_MS = 86_400_000;

/** How long Cliprelay may post to an account, as a sentence. */
export function describeAccess(
  { status, expires_at, route }:
    & Pick<PublishConnection, "status" | "expires_at">
    & Partial<Pick<PublishConnection, "route">>,
  now: Date = new Date(),
): string {
  const end = expires_at === null ? null : new Date(expires_at);
  switch (status) {
    case "connected":
      if (route === "blotato") return "Works as long as its API key does.";
      // Access that lives for hours is renewed all the time: its end would only worry.
      if (!end || end.getTime() - now.getTime() < 2 * DAY_MS) return "Access is renewed by itself.";
      return `Access until ${DAY.format(end)}, renewed by itself before.`;
    case "expiring":
      return end
        ? `Access ends on ${DAY.format(end)}. Reconnect to keep it.`
        : "Access ends soon. Reconnect to keep it.";
    case "expired":
      return "Access has ended. Posts to this account wait until you reconnect; then they go on by themselves.";
    case "error":
      return "The platform refused our last calls. Reconnect if this does not pass by itself.";
    case "disconnected":
      return "Disconnected. Nothing is posted there.";
  }
}

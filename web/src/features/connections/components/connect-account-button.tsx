import type { ComponentProps } from "react";
import { Button } from "../../../components/ui/button.tsx";
import { useStartAccount } from "../api/start-account.ts";
import type { ConnectionWay } from "../connection-ways.ts";

interface ConnectAccountButtonProps extends ComponentProps<typeof Button> {
  way: Pick<ConnectionWay, "platform" | "route">;
}

/** Starts the sign-in at a platform. */
export function ConnectAccountButton({ way, ...props }: ConnectAccountButtonProps) {
  const start = useStartAccount();
  return <Button {...props} isBusy={start.isPending} onClick={() => start.mutate(way)} />;
}

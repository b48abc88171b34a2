import type { ComponentProps } from "react";
import { Button } from "../../../components/ui/button.tsx";
import { useStartAccount } from "../api/start-account.ts";
import type { ConnectionWay } from "../connection-ways.ts";
import { ConnectKeyButton } from "./connect-key-button.tsx";

interface ConnectAccountButtonProps extends ComponentProps<typeof Button> {
  way: Pick<ConnectionWay, "platform" | "route">;
  /** Handle of the account that is connected again. */
  handle?: string | null;
}

/** Starts the sign-in at a platform, or asks for the key where there is none. */
export function ConnectAccountButton({ way, handle, ...props }: ConnectAccountButtonProps) {
  const start = useStartAccount();
  const { platform, route } = way;
  if (route === "blotato") return <ConnectKeyButton {...props} handle={handle} />;
  return <Button {...props} isBusy={start.isPending} onClick={() => start.mutate({ platform, route })} />;
}

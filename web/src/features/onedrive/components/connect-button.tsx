import type { ComponentProps } from "react";
import { Button } from "../../../components/ui/button.tsx";
import { useStartConnection } from "../api/start-connection.ts";

/** Starts the sign-in at Microsoft. */
export function ConnectButton({ children = "Connect OneDrive", ...props }: ComponentProps<typeof Button>) {
  const start = useStartConnection();
  return (
    <Button look="primary" {...props} isBusy={start.isPending} onClick={() => start.mutate()}>
      {children}
    </Button>
  );
}

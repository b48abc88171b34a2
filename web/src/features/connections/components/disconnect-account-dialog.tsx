import { toast } from "sonner";
import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { ConfirmDialog } from "../../../components/ui/confirm-dialog.tsx";
import { nameAccount } from "../../../lib/name-account.ts";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import { useDisconnectAccount } from "../api/disconnect-account.ts";

interface DisconnectAccountDialogProps {
  connection: PublishConnection;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

export function DisconnectAccountDialog({ connection, isOpen, onOpenChange }: DisconnectAccountDialogProps) {
  const disconnect = useDisconnectAccount();
  const name = nameAccount(connection);
  const platform = PLATFORM_NAMES[connection.platform];
  const confirm = () =>
    disconnect.mutate(connection.id, {
      onSuccess: () => {
        onOpenChange(false);
        toast.success(`${name} disconnected`);
      },
    });
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={`Disconnect ${name}?`}
      description={
        <p>
          What is on {platform}{" "}
          already stays there. Scheduled posts to this account do not go out; connect it again and they go on.
        </p>
      }
      confirmLabel="Disconnect"
      isDestructive
      isBusy={disconnect.isPending}
      onConfirm={confirm}
    />
  );
}

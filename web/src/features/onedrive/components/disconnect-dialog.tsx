import { toast } from "sonner";
import { ConfirmDialog } from "../../../components/ui/confirm-dialog.tsx";
import { useDisconnect } from "../api/disconnect.ts";

interface DisconnectDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

export function DisconnectDialog({ isOpen, onOpenChange }: DisconnectDialogProps) {
  const disconnect = useDisconnect();
  const confirm = () =>
    disconnect.mutate(undefined, {
      onSuccess: () => {
        onOpenChange(false);
        toast.success("OneDrive disconnected");
      },
    });
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title="Disconnect OneDrive?"
      description={
        <p>
          Your files stay in OneDrive. Until you connect again, nothing can be uploaded or played here, and
          uploads on their way stop.
        </p>
      }
      confirmLabel="Disconnect"
      isDestructive
      isBusy={disconnect.isPending}
      onConfirm={confirm}
    />
  );
}

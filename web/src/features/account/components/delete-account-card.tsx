import { useState } from "react";
import { Button } from "../../../components/ui/button.tsx";
import { Card } from "../../../components/ui/card.tsx";
import { DeleteAccountDialog } from "./delete-account-dialog.tsx";

interface DeleteAccountCardProps {
  email: string;
  /** The account is closed and this browser signed out. */
  onClosed: () => void;
}

/** The way out, with what goes and what stays. */
export function DeleteAccountCard({ email, onClosed }: DeleteAccountCardProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Card className="flex items-center justify-between gap-6 px-5 py-5 max-sm:flex-col max-sm:items-stretch">
      <div className="min-w-0">
        <p className="text-ink-soft">
          Products, tasks, history and the access to your OneDrive go for good. The video files in your
          OneDrive stay: they are yours.
        </p>
      </div>
      <Button
        look="danger-quiet"
        className="ring-1 ring-line-strong ring-inset"
        onClick={() => setOpen(true)}
      >
        Delete account
      </Button>
      <DeleteAccountDialog email={email} isOpen={isOpen} onOpenChange={setOpen} onClosed={onClosed} />
    </Card>
  );
}

import { useState } from "react";
import { toast } from "sonner";
import type { Video } from "../../../../../supabase/functions/_shared/contracts/videos.ts";
import { Checkbox } from "../../../components/ui/checkbox.tsx";
import { ConfirmDialog } from "../../../components/ui/confirm-dialog.tsx";
import { useDeleteVideo } from "../api/delete-video.ts";

interface DeleteVideoDialogProps {
  video: Video;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

export function DeleteVideoDialog({ video, isOpen, onOpenChange }: DeleteVideoDialogProps) {
  const [keepsFile, setKeepsFile] = useState(false);
  const remove = useDeleteVideo();
  const confirm = () =>
    remove.mutate({ videoId: video.id, keepsFile }, {
      onSuccess: () => {
        onOpenChange(false);
        toast.success(`${video.filename} deleted`);
      },
    });
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title="Delete this video?"
      description={
        <>
          <p>
            <strong className="font-[600] break-all text-ink">{video.filename}</strong>{" "}
            goes from Cliprelay. Pending tasks lose it, those that inherit it as well; completed ones stay
            completed.
          </p>
          <Checkbox
            label="Keep the file in OneDrive"
            description="Otherwise it goes to the recycle bin there."
            checked={keepsFile}
            onChange={(event) => setKeepsFile(event.target.checked)}
          />
        </>
      }
      confirmLabel="Delete video"
      isDestructive
      isBusy={remove.isPending}
      onConfirm={confirm}
    />
  );
}

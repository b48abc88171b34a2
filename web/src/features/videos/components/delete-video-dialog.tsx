import { toast } from "sonner";
import type { Video } from "../../../../../supabase/functions/_shared/contracts/videos.ts";
import { ConfirmDialog } from "../../../components/ui/confirm-dialog.tsx";
import { useDeleteVideo } from "../api/delete-video.ts";

interface DeleteVideoDialogProps {
  video: Video;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

export function DeleteVideoDialog({ video, isOpen, onOpenChange }: DeleteVideoDialogProps) {
  const remove = useDeleteVideo();
  const confirm = () =>
    remove.mutate(video.id, {
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
            goes from Cliprelay, and its file goes to the recycle bin of your OneDrive.
          </p>
          <p>Pending tasks lose this video, those that inherit it as well. Completed tasks stay completed.</p>
        </>
      }
      confirmLabel="Delete video"
      isDestructive
      isBusy={remove.isPending}
      onConfirm={confirm}
    />
  );
}

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

export function DeleteVideoDialog(
  { video, isOpen, onOpenChange }: DeleteVideoDialogProps,
) {
  // What was in OneDrive before us stays unless its owner says otherwise.
  const wasThereBefore = video.source === "onedrive";
  const [deletesFile, setDeletesFile] = useState(!wasThereBefore);
  const remove = useDeleteVideo();
  const confirm = () =>
    remove.mutate({
      videoId: video.id,
      keepsFile: !deletesFile || video.unreachable_at !== null,
    }, {
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
            <strong className="font-[600] break-all text-ink">
              {video.filename}
            </strong>{" "}
            goes from Cliprelay. Pending tasks lose it, those that inherit it as well; completed ones stay
            completed.
          </p>
          {!video.unreachable_at && (
            <Checkbox
              label="Delete the file in OneDrive too"
              description={wasThereBefore
                ? "It was there before Cliprelay, so it stays unless you want it gone."
                : "It goes to the recycle bin there."}
              checked={deletesFile}
              onChange={(event) => setDeletesFile(event.target.checked)}
            />
          )}
        </>
      }
      confirmLabel="Delete video"
      isDestructive
      isBusy={remove.isPending}
      onConfirm={confirm}
    />
  );
}

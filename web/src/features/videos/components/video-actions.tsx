import { Link2, Megaphone, MoreHorizontal, Send, Star, Trash2, Unlink } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import type { Video } from "../../../../../supabase/functions/_shared/contracts/videos.ts";
import { Button } from "../../../components/ui/button.tsx";
import { Menu, MenuItem, MenuLine } from "../../../components/ui/menu.tsx";
import { count } from "../../../lib/count.ts";
import { useAssociateVideo } from "../api/associate-video.ts";
import { useQueueVideo } from "../api/queue-video.ts";
import { useSetPrimaryVideo } from "../api/set-primary-video.ts";
import { canPublish } from "./use-video-selection.ts";
import { DeleteVideoDialog } from "./delete-video-dialog.tsx";

interface VideoActionsProps {
  video: Video;
  /** Asks for the product to link the video to. */
  onLink: () => void;
  /** Asks where the video is to be posted. */
  onPublish: () => void;
}

/** What can be done with a video: the next step as a button, the rest in a menu. */
export function VideoActions({ video, onLink, onPublish }: VideoActionsProps) {
  const [isDeleting, setDeleting] = useState(false);
  const setPrimary = useSetPrimaryVideo();
  const associate = useAssociateVideo();
  const queue = useQueueVideo();
  const isLinked = video.product_id !== null;

  const queueForAmazon = () =>
    queue.mutate(video.id, {
      onSuccess: (answer) => toast.success(describeQueued(answer), { description: video.filename }),
    });
  const unlink = () =>
    associate.mutate({ videoId: video.id, productId: null }, {
      onSuccess: () => toast.success(`${video.filename} unlinked`),
    });
  const makePrimary = () =>
    setPrimary.mutate(video.id, {
      onSuccess: () => toast.success(`${video.filename} is the primary video now`),
    });

  return (
    <>
      {canPublish(video) && (
        <Button size="sm" look="primary" className="grow" onClick={onPublish}>
          <Megaphone aria-hidden /> Publish<span className="sr-only">{" "}{video.filename}</span>
        </Button>
      )}
      <span className="flex min-w-0 grow items-center gap-2">
        {isLinked
          ? (
            <Button size="sm" className="grow" isBusy={queue.isPending} onClick={queueForAmazon}>
              <Send aria-hidden /> Queue for Amazon
            </Button>
          )
          : (
            <Button size="sm" className="grow" onClick={onLink}>
              <Link2 aria-hidden /> Link to a product
            </Button>
          )}
        <Menu
          trigger={
            <Button look="quiet" size="icon-sm" aria-label={`More actions for ${video.filename}`}>
              <MoreHorizontal aria-hidden />
            </Button>
          }
        >
          {isLinked && (
            <>
              <MenuItem disabled={video.is_primary} onSelect={makePrimary}>
                <Star aria-hidden /> Set as primary
              </MenuItem>
              <MenuItem onSelect={onLink}>
                <Link2 aria-hidden /> Link to another product
              </MenuItem>
              <MenuItem onSelect={unlink}>
                <Unlink aria-hidden /> Unlink from the product
              </MenuItem>
              <MenuLine />
            </>
          )}
          <MenuItem isDestructive onSelect={() => setDeleting(true)}>
            <Trash2 aria-hidden /> Delete video
          </MenuItem>
        </Menu>
      </span>
      <DeleteVideoDialog video={video} isOpen={isDeleting} onOpenChange={setDeleting} />
    </>
  );
}

function describeQueued(answer: { created_count: number; reopened_count: number }): string {
  const parts = [
    answer.created_count > 0 && `${count(answer.created_count, "task")} created`,
    answer.reopened_count > 0 && `${count(answer.reopened_count, "task")} reopened`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : "Every task of this video is queued already";
}

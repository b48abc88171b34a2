import { useQuery } from "@tanstack/react-query";
import { ChevronRight, Folder as FolderIcon, FolderPlus } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import type { Folder } from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";
import { Badge } from "../../../components/ui/badge.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog } from "../../../components/ui/dialog.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { Skeleton } from "../../../components/ui/skeleton.tsx";
import { folderListOptions } from "../api/list-folders.ts";
import { useSetFolder } from "../api/set-folder.ts";
import { FolderTrail } from "./folder-trail.tsx";
import { NewFolderForm } from "./new-folder-form.tsx";

interface FolderPickerDialogProps {
  currentId: string | null;
  onClose: () => void;
}

/** Walks through the folders of the drive and chooses one as the place of new videos. */
export function FolderPickerDialog({ currentId, onClose }: FolderPickerDialogProps) {
  const [trail, setTrail] = useState<Pick<Folder, "id" | "name">[]>([]);
  const [isNaming, setNaming] = useState(false);
  const here = trail.at(-1) ?? null;
  const list = useQuery(folderListOptions(here?.id ?? null));
  const setFolder = useSetFolder();
  const hereId = list.data?.parent.id;

  const enter = (folder: Pick<Folder, "id" | "name">) => {
    setNaming(false);
    setTrail([...trail, { id: folder.id, name: folder.name }]);
  };
  const choose = () =>
    hereId && setFolder.mutate(hereId, {
      onSuccess: () => {
        toast.success(`New videos go to ${here?.name ?? "the top of your OneDrive"}`);
        onClose();
      },
    });

  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Choose a folder"
      description="New videos go there. Those you have uploaded stay where they are."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={!hereId} isBusy={setFolder.isPending} onClick={choose}>
            Use {here ? `“${here.name}”` : "the top level"}
          </Button>
        </>
      }
    >
      <div className="mb-2 flex min-h-9 items-center justify-between gap-3">
        <FolderTrail trail={trail} onJump={(depth) => setTrail(trail.slice(0, depth))} />
        <Button look="quiet" size="sm" onClick={() => setNaming(true)}>
          <FolderPlus aria-hidden /> New folder
        </Button>
      </div>
      {isNaming && (
        <NewFolderForm
          parentId={here?.id ?? null}
          onCancel={() => setNaming(false)}
          onCreated={enter}
        />
      )}
      {list.error && (
        <Notice
          tone="danger"
          isUrgent
          action={<Button size="sm" onClick={() => list.refetch()}>Try again</Button>}
        >
          {list.error.message}
        </Notice>
      )}
      <div aria-busy={list.isPending} className="h-72 overflow-y-auto rounded-xl ring-1 ring-line ring-inset">
        {list.isPending && (
          <div className="grid gap-3 p-3">
            {[1, 2, 3, 4].map((row) => <Skeleton key={row} className="h-8" />)}
          </div>
        )}
        <ul aria-label={`Folders in ${here?.name ?? "OneDrive"}`} className="p-1.5">
          {list.data?.folders.map((folder) => (
            <li key={folder.id}>
              <button
                type="button"
                onClick={() => enter(folder)}
                className="flex h-10 w-full items-center gap-3 rounded-lg px-2.5 text-left hover:bg-sunken focus-visible:-outline-offset-2"
              >
                <FolderIcon aria-hidden className="size-4.5 shrink-0 fill-info-soft text-info" />
                <span className="grow truncate">{folder.name}</span>
                {folder.id === currentId && <Badge tone="success">in use</Badge>}
                <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-faint" />
              </button>
            </li>
          ))}
        </ul>
        {list.data?.folders.length === 0 && (
          <p className="px-6 py-10 text-center text-ink-soft">
            No folders in here. Use this one, or make a new folder.
          </p>
        )}
      </div>
    </Dialog>
  );
}

import { useInfiniteQuery } from "@tanstack/react-query";
import { FolderPlus, Search } from "lucide-react";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import type { LinkRequest } from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog } from "../../../components/ui/dialog.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Select } from "../../../components/ui/select.tsx";
import { count } from "../../../lib/count.ts";
import { formatBytes } from "../../../lib/format-bytes.ts";
import { arrangeItems, type ItemOrder, whyTaken } from "../api/choose-items.ts";
import { describeLinks } from "../api/describe-links.ts";
import { useLinkItems } from "../api/link-items.ts";
import { itemListOptions } from "../api/list-items.ts";
import { FolderTrail } from "./folder-trail.tsx";
import { LibraryFailure } from "./library-failure.tsx";
import { LibraryList } from "./library-list.tsx";
import { useItemChoice } from "./use-item-choice.ts";
import { WholeFolderForm } from "./whole-folder-form.tsx";

interface LibraryDialogProps {
  /** The product that gets the videos; null for the library. */
  productId: string | null;
  onClose: () => void;
}

/** Chooses videos that are in OneDrive already, one by one or by the folder. */
export function LibraryDialog({ productId, onClose }: LibraryDialogProps) {
  const [trail, setTrail] = useState<{ id: string; name: string }[]>([]);
  const [search, setSearch] = useState("");
  const [order, setOrder] = useState<ItemOrder>("name");
  const [isTakingFolder, setTakingFolder] = useState(false);
  const { chosen, set, toggle, isFull } = useItemChoice();
  const link = useLinkItems();
  const here = trail.at(-1) ?? null;
  const list = useInfiniteQuery(itemListOptions(here?.id ?? null));
  const items = list.data?.pages.flatMap((page) => page.items);
  const shown = items && arrangeItems(items, search, order);
  const open = shown?.filter((item) => item.kind === "video" && !whyTaken(item, productId)) ?? [];
  const isAllChosen = open.length > 0 && open.every(({ id }) => chosen.has(id));
  const chosenBytes = [...chosen.values()].reduce(
    (sum, { size }) => sum + size,
    0,
  );

  // A search looks through the whole folder, not only through what was loaded.
  const { hasNextPage, isFetching, fetchNextPage, isError } = list;
  useEffect(() => {
    if (search && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [search, hasNextPage, isFetching, isError]);

  function goTo(next: typeof trail): void {
    setTrail(next);
    setSearch("");
    setTakingFolder(false);
    link.reset();
  }

  const add = (request: LinkRequest) =>
    link.mutate({ ...request, ...(productId && { product_id: productId }) }, {
      onSuccess: (answer) => {
        const { title, note } = describeLinks(answer);
        toast.success(title, { description: note });
        onClose();
      },
    });

  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      width="lg"
      title="Choose from OneDrive"
      description="Videos stay where they are. Nothing is copied or moved."
      footer={
        <>
          <p
            role="status"
            className="tabular mr-auto self-center text-ink-soft max-sm:basis-full max-sm:pb-1"
          >
            {chosen.size === 0
              ? "Nothing chosen yet"
              : `${count(chosen.size, "video")} · ${formatBytes(chosenBytes)}`}
            {isFull && ", the most at once"}
          </p>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={chosen.size === 0}
            isBusy={link.isPending && !isTakingFolder}
            onClick={() => add({ item_ids: [...chosen.keys()] })}
          >
            {chosen.size > 1 ? `Add ${chosen.size} videos` : "Add video"}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <div className="flex min-h-8 items-center justify-between gap-3">
          <FolderTrail
            trail={trail}
            onJump={(depth) => goTo(trail.slice(0, depth))}
          />
          {here && !isTakingFolder && (
            <Button
              look="quiet"
              size="sm"
              onClick={() => setTakingFolder(true)}
            >
              <FolderPlus aria-hidden /> Add whole folder
            </Button>
          )}
        </div>
        {here && isTakingFolder && (
          <WholeFolderForm
            folderName={here.name}
            isBusy={link.isPending}
            onCancel={() => setTakingFolder(false)}
            onAdd={(withSubfolders) => add({ folder_id: here.id, include_subfolders: withSubfolders })}
          />
        )}
        <div className="flex gap-2">
          <label className="relative min-w-0 grow">
            <span className="sr-only">
              Search in {here?.name ?? "OneDrive"}
            </span>
            <Search
              aria-hidden
              className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-faint"
            />
            <Input
              type="search"
              value={search}
              placeholder={`Search in ${here?.name ?? "OneDrive"}`}
              onChange={(event) => setSearch(event.target.value)}
              className="pl-9"
            />
          </label>
          <Select
            aria-label="Order"
            value={order}
            onChange={(event) => setOrder(event.target.value as ItemOrder)}
            className="w-32 shrink-0"
          >
            <option value="name">By name</option>
            <option value="newest">Newest first</option>
          </Select>
        </div>
        {(link.error ?? list.error) && (
          <LibraryFailure
            error={(link.error ?? list.error)!}
            onRetry={link.error ? undefined : () => list.refetch()}
          />
        )}
        <div className="overflow-hidden rounded-xl ring-1 ring-line ring-inset">
          {open.length > 1 && (
            <div className="flex items-center justify-between gap-3 border-b bg-sunken/50 px-4 py-1.5">
              <span className="tabular text-xs text-ink-soft">
                {count(open.length, "video")} to choose from
              </span>
              <Button
                look="quiet"
                size="sm"
                className="-mr-2"
                onClick={() => set(open, !isAllChosen)}
              >
                {isAllChosen ? "Choose none" : "Choose all"}
              </Button>
            </div>
          )}
          <div className="h-[40dvh] min-h-56 sm:h-[46dvh] overflow-y-auto">
            {!(list.error && !items) && (
              <LibraryList
                label={`Folders and videos in ${here?.name ?? "OneDrive"}`}
                items={shown}
                productId={productId}
                isSearching={search !== ""}
                isChosen={({ id }) => chosen.has(id)}
                onEnter={(folder) => goTo([...trail, { id: folder.id, name: folder.name }])}
                onToggle={(item, withRange) => toggle(item, open, withRange)}
                list={list}
              />
            )}
          </div>
        </div>
      </div>
    </Dialog>
  );
}

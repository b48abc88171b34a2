import { ImageUp } from "lucide-react";
import { type DragEvent, useId, useState } from "react";
import { cn } from "../../../../lib/cn.ts";
import { takeFile } from "../../api/take-picture.ts";
import type { CoverPicture } from "../../rules/draft-cover.ts";

/** Takes a picture from the disk, picked or dropped. */
export function PictureInput({ onPick }: { onPick: (picture: CoverPicture) => void }) {
  const id = useId();
  const [isOver, setOver] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function take(file: File | undefined) {
    if (!file) return;
    try {
      onPick(await takeFile(file));
      setProblem(null);
    } catch (error) {
      setProblem((error as Error).message);
    }
  }

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  }

  return (
    <div className="grid gap-1.5">
      <label
        htmlFor={id}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
        className={cn(
          "grid place-items-center gap-1 rounded-xl border border-dashed border-line-strong bg-paper px-4 py-7 text-center",
          "transition-colors hover:bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring",
          isOver && "bg-spark-soft",
        )}
      >
        <ImageUp aria-hidden className="size-6 text-ink-faint" />
        <span className="font-[550]">Choose a picture</span>
        <span className="text-xs text-ink-faint">JPG or PNG, up to 20 MB. Or drop it here.</span>
        <input
          id={id}
          type="file"
          accept="image/jpeg,image/png"
          className="sr-only"
          aria-describedby={problem ? `${id}-problem` : undefined}
          onChange={(event) => {
            void take(event.target.files?.[0]);
            // The same file can be picked again.
            event.target.value = "";
          }}
        />
      </label>
      {problem && <p id={`${id}-problem`} role="alert" className="text-xs text-danger">{problem}</p>}
    </div>
  );
}

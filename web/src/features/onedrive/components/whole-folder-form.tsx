import { useState } from "react";
import { Button } from "../../../components/ui/button.tsx";
import { Checkbox } from "../../../components/ui/checkbox.tsx";

interface WholeFolderFormProps {
  folderName: string;
  isBusy: boolean;
  onAdd: (withSubfolders: boolean) => void;
  onCancel: () => void;
}

/** Takes every video of a folder at once. */
export function WholeFolderForm(
  { folderName, isBusy, onAdd, onCancel }: WholeFolderFormProps,
) {
  const [withSubfolders, setWithSubfolders] = useState(false);
  return (
    <form
      aria-label={`Add every video in ${folderName}`}
      onSubmit={(event) => {
        event.preventDefault();
        onAdd(withSubfolders);
      }}
      className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3 rounded-xl bg-spark-soft px-4 py-3"
    >
      <div className="grid gap-1">
        <p className="font-[600]">Add every video in “{folderName}”</p>
        <Checkbox
          label="With those in its subfolders"
          checked={withSubfolders}
          onChange={(event) => setWithSubfolders(event.target.checked)}
        />
      </div>
      <div className="flex gap-2">
        <Button size="sm" look="quiet" disabled={isBusy} onClick={onCancel}>
          Not now
        </Button>
        <Button size="sm" look="primary" type="submit" isBusy={isBusy}>
          Add folder
        </Button>
      </div>
    </form>
  );
}

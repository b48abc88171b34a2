import { type FormEvent, useState } from "react";
import type { Folder } from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";
import { Button } from "../../../components/ui/button.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { useCreateFolder } from "../api/create-folder.ts";

interface NewFolderFormProps {
  parentId: string | null;
  onCancel: () => void;
  onCreated: (folder: Folder) => void;
}

export function NewFolderForm({ parentId, onCancel, onCreated }: NewFolderFormProps) {
  const [name, setName] = useState("");
  const create = useCreateFolder(parentId);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(name.trim(), { onSuccess: onCreated });
  };
  return (
    <form onSubmit={submit} className="mb-3 flex items-end gap-2 rounded-xl bg-sunken p-3">
      <Field label="Folder name" error={create.error?.message} className="grow">
        {(field) => (
          <Input
            {...field}
            value={name}
            onChange={(event) => setName(event.target.value)}
            maxLength={255}
            autoFocus
          />
        )}
      </Field>
      <Button onClick={onCancel}>Cancel</Button>
      <Button type="submit" look="primary" disabled={!name.trim()} isBusy={create.isPending}>Create</Button>
    </form>
  );
}

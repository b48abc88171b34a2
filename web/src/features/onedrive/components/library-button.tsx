import { Cloud } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../components/ui/button.tsx";
import { LibraryDialog } from "./library-dialog.tsx";

/** Opens the choice of videos that are in OneDrive already. */
export function LibraryButton({ productId }: { productId: string | null }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Cloud aria-hidden /> Choose from OneDrive
      </Button>
      {isOpen && (
        <LibraryDialog
          productId={productId}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

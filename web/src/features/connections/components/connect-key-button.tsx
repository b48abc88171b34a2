import { type ComponentProps, useState } from "react";
import { Button } from "../../../components/ui/button.tsx";
import { BlotatoDialog } from "./blotato-dialog.tsx";

interface ConnectKeyButtonProps extends ComponentProps<typeof Button> {
  /** Handle of the account that is connected again. */
  handle?: string | null;
}

/** Opens the dialog that connects TikTok through Blotato. */
export function ConnectKeyButton({ handle, ...props }: ConnectKeyButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button {...props} onClick={() => setOpen(true)} />
      {isOpen && <BlotatoDialog handle={handle} onClose={() => setOpen(false)} />}
    </>
  );
}

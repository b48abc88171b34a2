import { AlertDialog } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { useReturnFocus } from "./use-return-focus.ts";

interface ConfirmDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  description: ReactNode;
  confirmLabel: string;
  cancelLabel?: string;
  isDestructive?: boolean;
  isBusy?: boolean;
  onConfirm: () => void;
}

/** Asks before something that is hard to take back. Stays open while `isBusy`; the caller closes it. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, onOpenChange, isBusy, cancelLabel = "Cancel" } = props;
  const returnFocus = useReturnFocus(isOpen);
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={(next) => !isBusy && onOpenChange(next)}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-50 animate-fade bg-scrim" />
        <AlertDialog.Content
          onCloseAutoFocus={returnFocus}
          className="fixed inset-x-4 bottom-4 z-50 animate-rise rounded-2xl bg-surface p-5 shadow-float outline-none dark:ring-1 dark:ring-line sm:inset-0 sm:m-auto sm:h-fit sm:max-w-md sm:animate-appear"
        >
          <AlertDialog.Title className="text-base font-[620] tracking-tight">{props.title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-1.5 grid gap-2 text-ink-soft">{props.description}</div>
          </AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2 max-sm:*:grow">
            <AlertDialog.Cancel asChild>
              <Button disabled={isBusy}>{cancelLabel}</Button>
            </AlertDialog.Cancel>
            <Button
              look={props.isDestructive ? "danger" : "primary"}
              isBusy={isBusy}
              onClick={props.onConfirm}
            >
              {props.confirmLabel}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

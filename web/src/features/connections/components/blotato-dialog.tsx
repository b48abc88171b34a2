import { useId, useState } from "react";
import { toast } from "sonner";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog } from "../../../components/ui/dialog.tsx";
import { ApiFailure } from "../../../lib/api-failure.ts";
import { nameAccount } from "../../../lib/name-account.ts";
import { useConnectOfferedAccount } from "../api/connect-offered-account.ts";
import { useOfferAccounts } from "../api/offer-accounts.ts";
import { BlotatoKeyForm } from "./blotato-key-form.tsx";
import { OfferedAccountChoice } from "./offered-account-choice.tsx";

interface BlotatoDialogProps {
  /** Handle of the account that is connected again. */
  handle?: string | null;
  onClose: () => void;
}

/** Connects a TikTok account through Blotato: first the key, then which of its accounts. */
export function BlotatoDialog({ handle, onClose }: BlotatoDialogProps) {
  const formId = useId();
  const offer = useOfferAccounts();
  const connect = useConnectOfferedAccount();
  const [chosen, setChosen] = useState<string | null>(null);
  const accounts = offer.data?.accounts;
  // The server kept the key for ten minutes; after that it is asked for again.
  const isKeyOver = connect.error instanceof ApiFailure && connect.error.code === "api_key_required";
  const isChoosing = accounts !== undefined && !isKeyOver;

  const sendKey = (apiKey: string) => {
    connect.reset();
    offer.mutate(apiKey, {
      onSuccess: ({ accounts: offered }) => {
        const same = offered.find((account) => account.handle !== null && account.handle === handle);
        setChosen((same ?? offered[0])?.id ?? null);
      },
    });
  };
  const connectChosen = (id: string) =>
    connect.mutate(id, {
      onSuccess: (connection) => {
        onClose();
        toast.success(`${nameAccount(connection)} connected`);
      },
    });

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="TikTok through Blotato"
      description={isChoosing
        ? "Choose the account to post to. Connect the next one the same way."
        : "Blotato posts to TikTok for you. Cliprelay needs the API key of your Blotato account."}
      footer={
        <>
          {isChoosing
            ? <Button onClick={() => offer.reset()} disabled={connect.isPending}>Use another key</Button>
            : <Button onClick={onClose}>Cancel</Button>}
          <Button type="submit" form={formId} look="primary" isBusy={offer.isPending || connect.isPending}>
            {isChoosing ? "Connect" : "Continue"}
          </Button>
        </>
      }
    >
      {isChoosing
        ? (
          <OfferedAccountChoice
            formId={formId}
            accounts={accounts}
            chosen={chosen}
            error={connect.error?.message}
            onChoose={setChosen}
            onSubmit={connectChosen}
          />
        )
        : (
          <BlotatoKeyForm
            formId={formId}
            error={isKeyOver ? connect.error?.message : offer.error?.message}
            onSubmit={sendKey}
          />
        )}
    </Dialog>
  );
}

import { useId, useState } from "react";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog } from "../../../components/ui/dialog.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { ApiFailure } from "../../../lib/api-failure.ts";
import { forgetSession, useDeleteAccount } from "../api/delete-account.ts";

interface DeleteAccountDialogProps {
  email: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onClosed: () => void;
}

/** Asks for the address, and for the password when signing in was a while ago. */
export function DeleteAccountDialog({ email, isOpen, onOpenChange, onClosed }: DeleteAccountDialogProps) {
  const formId = useId();
  const [typed, setTyped] = useState("");
  const [password, setPassword] = useState("");
  const [needsPassword, setNeedsPassword] = useState(false);
  const remove = useDeleteAccount();
  const isSame = typed.trim().toLowerCase() === email.toLowerCase();
  const code = remove.error instanceof ApiFailure ? remove.error.code : null;
  const isWrong = code === "password_wrong";

  const confirm = () =>
    remove.mutate({ email: typed.trim(), ...(password && { password }) }, {
      onSuccess: async () => {
        await forgetSession();
        onClosed();
      },
      onError: (error) =>
        error instanceof ApiFailure && error.code === "recent_sign_in_required" && setNeedsPassword(true),
    });
  const change = (next: boolean) => {
    if (remove.isPending) return;
    if (!next) [setTyped(""), setPassword(""), setNeedsPassword(false), remove.reset()];
    onOpenChange(next);
  };

  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={change}
      title="Delete your account"
      footer={
        <>
          <Button disabled={remove.isPending} onClick={() => change(false)}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            look="danger"
            disabled={!isSame || (needsPassword && password === "")}
            isBusy={remove.isPending}
          >
            Delete for good
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isSame) confirm();
        }}
      >
        <p className="text-ink-soft">
          This cannot be taken back. Unfinished uploads stop, Cliprelay forgets your OneDrive, and you are
          signed out everywhere. Finished videos stay in your OneDrive.
        </p>
        {remove.error && !isWrong && (
          <Notice tone={code === "recent_sign_in_required" ? "info" : "danger"} isUrgent>
            {remove.error.message}
          </Notice>
        )}
        <Field label="Type your e-mail address" hint={email}>
          {(control) => (
            <Input
              {...control}
              type="email"
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        {needsPassword && (
          <Field label="Password" error={isWrong ? remove.error?.message : undefined}>
            {(control) => (
              <Input
                {...control}
                type="password"
                autoComplete="current-password"
                autoFocus
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </Field>
        )}
      </form>
    </Dialog>
  );
}

import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { Button } from "../../../components/ui/button.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { resendConfirmationSchema, useResendConfirmation } from "../api/resend-confirmation.ts";
import { MailboxLink } from "./mailbox-link.tsx";

/** As long as hosted projects wait between two mails to one person. */
const COOL_DOWN_SECONDS = 60;

interface ResendConfirmationProps {
  /** Null when nobody knows it: the link that was opened says nothing about its address. */
  email: string | null;
  /** A mail was sent just before, so the first click has to wait as well. */
  wasJustSent: boolean;
}

/** Sends the confirmation link again, at most once a minute. */
export function ResendConfirmation({ email, wasJustSent }: ResendConfirmationProps) {
  const resend = useResendConfirmation();
  const [secondsLeft, setSecondsLeft] = useState(wasJustSent ? COOL_DOWN_SECONDS : 0);
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(resendConfirmationSchema),
    defaultValues: { email: email ?? "" },
  });
  useEffect(() => {
    if (secondsLeft === 0) return;
    const timer = setTimeout(() => setSecondsLeft(secondsLeft - 1), 1000);
    return () => clearTimeout(timer);
  }, [secondsLeft]);
  const send = handleSubmit((form) =>
    resend.mutate(form, { onSuccess: () => setSecondsLeft(COOL_DOWN_SECONDS) })
  );
  return (
    <form noValidate className="grid gap-4" onSubmit={send}>
      {resend.error && <Notice tone="danger" isUrgent>{resend.error.message}</Notice>}
      {resend.isSuccess && (
        <Notice tone="success" isUrgent action={<MailboxLink />}>
          If {resend.variables.email} waits for it, a new link is on its way. Older ones stop working.
        </Notice>
      )}
      {email === null && (
        <Field label="E-mail" error={formState.errors.email?.message}>
          {(control) => (
            <Input {...control} {...register("email")} type="email" autoComplete="username" autoFocus />
          )}
        </Field>
      )}
      <Button
        type="submit"
        size="lg"
        look={email === null ? "primary" : "secondary"}
        stretch
        isBusy={resend.isPending}
        disabled={secondsLeft > 0}
      >
        {secondsLeft > 0 ? `Send it again in ${secondsLeft} s` : "Send the link again"}
      </Button>
    </form>
  );
}

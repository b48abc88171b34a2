import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { Button } from "../../../components/ui/button.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { requestResetSchema, useRequestReset } from "../api/request-reset.ts";
import { MailboxLink } from "./mailbox-link.tsx";

export function ForgotPasswordForm({ isExpired }: { isExpired: boolean }) {
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(requestResetSchema),
    defaultValues: { email: "" },
  });
  const request = useRequestReset();

  if (request.isSuccess) {
    return (
      <Notice tone="success" title="Look into your mailbox" isUrgent action={<MailboxLink />}>
        If there is an account for{" "}
        {request.variables.email}, a link to set a new password is on its way. It works once and for one hour.
      </Notice>
    );
  }
  return (
    <form noValidate className="grid gap-4" onSubmit={handleSubmit((form) => request.mutate(form))}>
      {isExpired && !request.error && (
        <Notice tone="warning" isUrgent>That link is used up or too old. Ask for a new one.</Notice>
      )}
      {request.error && <Notice tone="danger" isUrgent>{request.error.message}</Notice>}
      <Field label="E-mail" error={formState.errors.email?.message}>
        {(control) => (
          <Input {...control} {...register("email")} type="email" autoComplete="username" autoFocus />
        )}
      </Field>
      <Button type="submit" look="primary" size="lg" stretch isBusy={request.isPending}>Send the link</Button>
    </form>
  );
}

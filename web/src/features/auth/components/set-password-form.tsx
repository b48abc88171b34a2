import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { Button } from "../../../components/ui/button.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { setPasswordSchema, useSetPassword } from "../api/set-password.ts";
import { PASSWORD_RULE } from "../api/sign-up.ts";
import { PasswordInput } from "./password-input.tsx";

export function SetPasswordForm({ onDone }: { onDone: () => void }) {
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(setPasswordSchema),
    defaultValues: { password: "", repeated: "" },
  });
  const setPassword = useSetPassword();
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={handleSubmit((form) => setPassword.mutate(form, { onSuccess: onDone }))}
    >
      {setPassword.error && <Notice tone="danger" isUrgent>{setPassword.error.message}</Notice>}
      <Field
        label="New password"
        hint={formState.errors.password ? undefined : PASSWORD_RULE}
        error={formState.errors.password?.message}
      >
        {(control) => (
          <PasswordInput {...control} {...register("password")} autoComplete="new-password" autoFocus />
        )}
      </Field>
      <Field label="Repeat it" error={formState.errors.repeated?.message}>
        {(control) => <PasswordInput {...control} {...register("repeated")} autoComplete="new-password" />}
      </Field>
      <Button type="submit" look="primary" size="lg" stretch isBusy={setPassword.isPending}>
        Save the password
      </Button>
    </form>
  );
}

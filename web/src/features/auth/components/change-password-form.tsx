import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import { Button } from "../../../components/ui/button.tsx";
import { Card } from "../../../components/ui/card.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { ApiFailure } from "../../../lib/api-failure.ts";
import { changePasswordSchema, useChangePassword } from "../api/change-password.ts";
import { PASSWORD_RULE } from "../api/sign-up.ts";
import { PasswordInput } from "./password-input.tsx";

const EMPTY = { current: "", password: "", repeated: "", nonce: "" };
/** The server has sent a code by mail, and asks for it. */
const CODE_FAILURES = ["reauthentication_needed", "reauthentication_not_valid"];

/** Changes the password of the signed-in user. */
export function ChangePasswordForm({ email }: { email: string }) {
  const { register, handleSubmit, reset, formState: { errors } } = useForm({
    resolver: zodResolver(changePasswordSchema),
    defaultValues: EMPTY,
  });
  const change = useChangePassword(email);
  const code = change.error instanceof ApiFailure ? change.error.code : null;
  const needsCode = code !== null && CODE_FAILURES.includes(code);
  const save = handleSubmit((form) =>
    change.mutate(form, {
      onSuccess: () => {
        reset(EMPTY);
        toast.success("Your new password is set", { description: "Other devices have to sign in again." });
      },
    })
  );
  return (
    <Card>
      <form noValidate onSubmit={save}>
        <div className="grid gap-5 px-5 py-5 sm:grid-cols-2">
          {change.error && code !== "password_wrong" && (
            <div className="sm:col-span-2">
              <Notice tone={code === "reauthentication_needed" ? "info" : "danger"} isUrgent>
                {change.error.message}
              </Notice>
            </div>
          )}
          <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
          <Field
            label="Current password"
            className="sm:col-span-2 sm:max-w-[calc(50%-0.625rem)]"
            error={errors.current?.message ?? (code === "password_wrong" ? change.error?.message : undefined)}
          >
            {(control) => (
              <PasswordInput {...control} {...register("current")} autoComplete="current-password" />
            )}
          </Field>
          <Field
            label="New password"
            hint={errors.password ? undefined : PASSWORD_RULE}
            error={errors.password?.message}
          >
            {(control) => (
              <PasswordInput
                {...control}
                {...register("password")}
                autoComplete="new-password"
              />
            )}
          </Field>
          <Field label="Repeat it" error={errors.repeated?.message}>
            {(control) => (
              <PasswordInput
                {...control}
                {...register("repeated")}
                autoComplete="new-password"
              />
            )}
          </Field>
          {needsCode && (
            <Field label="Code from the mail" hint={`We sent it to ${email}.`}>
              {(control) => (
                <Input
                  {...control}
                  {...register("nonce")}
                  inputMode="numeric"
                  autoComplete="one-time-code"
                  autoFocus
                />
              )}
            </Field>
          )}
        </div>
        <footer className="flex items-center justify-between gap-4 border-t px-5 py-3.5 max-sm:flex-col max-sm:items-stretch">
          <p className="text-xs text-ink-faint">Every other device is signed out when you change it.</p>
          <Button type="submit" look="primary" isBusy={change.isPending}>Change password</Button>
        </footer>
      </form>
    </Card>
  );
}

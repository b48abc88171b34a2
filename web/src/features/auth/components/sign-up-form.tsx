import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { Button } from "../../../components/ui/button.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { PASSWORD_RULE, signUpSchema, useSignUp } from "../api/sign-up.ts";
import { PasswordInput } from "./password-input.tsx";

interface SignUpFormProps {
  onSignedIn: () => void;
  /** The account waits for the link in a mail to this address. */
  onMailSent: (email: string) => void;
}

export function SignUpForm({ onSignedIn, onMailSent }: SignUpFormProps) {
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(signUpSchema),
    defaultValues: { displayName: "", email: "", password: "" },
  });
  const signUp = useSignUp();
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={handleSubmit((form) =>
        signUp.mutate(form, {
          onSuccess: ({ isSignedIn }) => isSignedIn ? onSignedIn() : onMailSent(form.email),
        })
      )}
    >
      {signUp.error && <Notice tone="danger" isUrgent>{signUp.error.message}</Notice>}
      <Field label="Your name" isOptional error={formState.errors.displayName?.message}>
        {(control) => <Input {...control} {...register("displayName")} autoComplete="name" autoFocus />}
      </Field>
      <Field label="E-mail" error={formState.errors.email?.message}>
        {(control) => <Input {...control} {...register("email")} type="email" autoComplete="username" />}
      </Field>
      <Field
        label="Password"
        hint={formState.errors.password ? undefined : PASSWORD_RULE}
        error={formState.errors.password?.message}
      >
        {(control) => <PasswordInput {...control} {...register("password")} autoComplete="new-password" />}
      </Field>
      <Button type="submit" look="primary" size="lg" stretch isBusy={signUp.isPending}>Create account</Button>
    </form>
  );
}

import { zodResolver } from "@hookform/resolvers/zod";
import { Link } from "@tanstack/react-router";
import { useForm } from "react-hook-form";
import { Button } from "../../../components/ui/button.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { ApiFailure } from "../../../lib/api-failure.ts";
import { signInSchema, useSignIn } from "../api/sign-in.ts";
import { PasswordInput } from "./password-input.tsx";

export function SignInForm({ onSignedIn }: { onSignedIn: () => void }) {
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(signInSchema),
    defaultValues: { email: "", password: "" },
  });
  const signIn = useSignIn();
  const isUnconfirmed = signIn.error instanceof ApiFailure && signIn.error.code === "email_not_confirmed";
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={handleSubmit((form) => signIn.mutate(form, { onSuccess: onSignedIn }))}
    >
      {signIn.error && (
        <Notice
          tone={isUnconfirmed ? "warning" : "danger"}
          isUrgent
          action={isUnconfirmed && (
            <Link
              to="/confirm-email"
              search={{ email: signIn.variables.email }}
              className="font-[550] text-link hover:underline"
            >
              Send the link again
            </Link>
          )}
        >
          {signIn.error.message}
        </Notice>
      )}
      <Field label="E-mail" error={formState.errors.email?.message}>
        {(control) => (
          <Input {...control} {...register("email")} type="email" autoComplete="username" autoFocus />
        )}
      </Field>
      <Field
        label="Password"
        error={formState.errors.password?.message}
        aside={<Link to="/forgot-password" className="text-link hover:underline">Forgot it?</Link>}
      >
        {(control) => (
          <PasswordInput
            {...control}
            {...register("password")}
            autoComplete="current-password"
          />
        )}
      </Field>
      <Button type="submit" look="primary" size="lg" stretch isBusy={signIn.isPending}>Sign in</Button>
    </form>
  );
}

import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";

interface BlotatoKeyFormProps {
  formId: string;
  error?: string;
  onSubmit: (apiKey: string) => void;
}

/** Asks for an API key and says where it is found. */
export function BlotatoKeyForm({ formId, error, onSubmit }: BlotatoKeyFormProps) {
  const [key, setKey] = useState("");
  const [isEmpty, setEmpty] = useState(false);
  return (
    <form
      id={formId}
      noValidate
      autoComplete="off"
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setEmpty(key.trim() === "");
        if (key.trim() !== "") onSubmit(key.trim());
      }}
    >
      <ol className="grid list-decimal gap-1 pl-5 text-ink-soft marker:text-ink-faint">
        <li>
          Open{" "}
          <a
            href="https://my.blotato.com/settings"
            target="_blank"
            rel="noreferrer"
            className="text-link underline underline-offset-2"
          >
            your settings at Blotato
            <ExternalLink aria-hidden className="ml-1 inline size-3.5" />
            <span className="sr-only">{" "}(opens a new tab)</span>
          </a>{" "}
          and look for API. It needs a paid plan there.
        </li>
        <li>Copy the whole key, with any = at its end.</li>
        <li>Paste it here. It is stored encrypted, and nobody can read it again.</li>
      </ol>
      <Field label="Blotato API key" error={isEmpty ? "Paste the key first." : error}>
        {(control) => (
          <Input
            {...control}
            type="password"
            name="blotato-api-key"
            // A key of another service is nothing for a password manager to fill in or keep.
            autoComplete="off"
            data-1p-ignore
            data-lpignore="true"
            data-bwignore
            autoCapitalize="off"
            spellCheck={false}
            autoFocus
            value={key}
            onChange={(event) => {
              setKey(event.target.value);
              setEmpty(false);
            }}
          />
        )}
      </Field>
    </form>
  );
}

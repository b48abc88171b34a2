import { useEffect, useId, useRef, useState } from "react";
import { toast } from "sonner";
import type { Platform } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { Button } from "../../../components/ui/button.tsx";
import { Checkbox } from "../../../components/ui/checkbox.tsx";
import { Dialog } from "../../../components/ui/dialog.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { ApiFailure } from "../../../lib/api-failure.ts";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import { type TemplateForm, useSaveTemplate } from "../api/change-templates.ts";
import type { Template } from "../api/list-templates.ts";
import { checkCaption, checkHashtags, readHashtags } from "../rules/check-template.ts";
import { TemplatePreview } from "./template-preview.tsx";
import { type TypedWords, WordsFields } from "./words-fields.tsx";

const PLATFORMS = Object.keys(PLATFORM_NAMES) as Platform[];

/** Writes a template; null is a new one. */
export function TemplateDialog({ template, onClose }: { template: Template | null; onClose: () => void }) {
  const formId = useId();
  const formRef = useRef<HTMLFormElement>(null);
  const save = useSaveTemplate();
  const [tries, setTries] = useState(0);
  const [name, setName] = useState(template?.name ?? "");
  const [words, setWords] = useState(toTyped(template ?? { caption: "", hashtags: [] }));
  const [variants, setVariants] = useState<Partial<Record<Platform, TypedWords>>>(() =>
    Object.fromEntries(
      Object.entries(template?.variants ?? {}).map(([platform, own]) => [platform, toTyped(own)]),
    )
  );
  const isTaken = save.error instanceof ApiFailure && save.error.code === "already_exists";
  const nameProblem = name.trim() === ""
    ? "Give it a name."
    : name.trim().length > 80
    ? "Use at most 80 characters."
    : undefined;
  const check = (typed: TypedWords) =>
    tries === 0 ? {} : { caption: checkCaption(typed.caption), hashtags: checkHashtags(typed.hashtags) };

  useEffect(() => {
    if (tries > 0) formRef.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [tries]);

  const submit = () => {
    setTries(tries + 1);
    const typed = [words, ...Object.values(variants)];
    const isWrong = typed.some((each) => checkCaption(each.caption) ?? checkHashtags(each.hashtags));
    if (nameProblem || isWrong || save.isPending) return;
    const form: TemplateForm = {
      name: name.trim(),
      ...toWords(words),
      variants: Object.fromEntries(
        Object.entries(variants).map(([platform, own]) => [platform, toWords(own)]),
      ),
    };
    save.mutate({ id: template?.id ?? null, form }, {
      onSuccess: () => {
        toast.success(template ? "Template saved" : "Template added");
        onClose();
      },
    });
  };

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      width="lg"
      title={template ? "Edit template" : "New template"}
      description="Placeholders become what is known of the product of each video."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={formId} isBusy={save.isPending}>Save template</Button>
        </>
      }
    >
      <form
        id={formId}
        ref={formRef}
        noValidate
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field
          label="Name"
          error={isTaken ? "You have a template of this name." : tries > 0 ? nameProblem : undefined}
        >
          {(field) => <Input {...field} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <WordsFields place="" words={words} problems={check(words)} onChange={setWords} />
        <TemplatePreview words={toWords(words)} platform="instagram" />
        {PLATFORMS.map((platform) => {
          const own = variants[platform];
          const set = (next: TypedWords | undefined) => {
            const { [platform]: _, ...others } = variants;
            setVariants(next ? { ...others, [platform]: next } : others);
          };
          return (
            <div key={platform} className="grid gap-4">
              <Checkbox
                label={`Another text for ${PLATFORM_NAMES[platform]}`}
                checked={own !== undefined}
                onChange={(event) => set(event.target.checked ? words : undefined)}
              />
              {own && (
                <>
                  <WordsFields
                    place={` for ${PLATFORM_NAMES[platform]}`}
                    words={own}
                    problems={check(own)}
                    onChange={set}
                  />
                  <TemplatePreview words={toWords(own)} platform={platform} />
                </>
              )}
            </div>
          );
        })}
        {save.error && !isTaken && <Notice tone="danger" isUrgent>{save.error.message}</Notice>}
      </form>
    </Dialog>
  );
}

const toTyped = ({ caption, hashtags }: { caption: string; hashtags: readonly string[] }): TypedWords => ({
  caption,
  hashtags: hashtags.join(" "),
});

const toWords = ({ caption, hashtags }: TypedWords) => ({
  caption: caption.trim(),
  hashtags: readHashtags(hashtags),
});

import { useQuery } from "@tanstack/react-query";
import { Plus, TextQuote } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "../../components/ui/button.tsx";
import { Card, Section } from "../../components/ui/card.tsx";
import { ConfirmDialog } from "../../components/ui/confirm-dialog.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { Skeleton } from "../../components/ui/skeleton.tsx";
import { useDeleteTemplate } from "../../features/caption-templates/api/change-templates.ts";
import { type Template, templatesOptions } from "../../features/caption-templates/api/list-templates.ts";
import { TemplateDialog } from "../../features/caption-templates/components/template-dialog.tsx";
import { PLATFORM_NAMES } from "../../lib/platform-names.ts";

/** Texts to be used again. */
export function TemplatesSettings() {
  const { data: templates } = useQuery({
    ...templatesOptions,
    throwOnError: (_e, query) => !query.state.data,
  });
  const remove = useDeleteTemplate();
  const [editing, setEditing] = useState<Template | "new" | null>(null);
  const [deleting, setDeleting] = useState<Template | null>(null);
  if (!templates) return <Skeleton className="h-72 rounded-xl" />;
  const add = (
    <Button look="primary" onClick={() => setEditing("new")}>
      <Plus aria-hidden /> New template
    </Button>
  );
  return (
    <Section
      title="Caption templates"
      note={templates.length > 0 ? templates.length : undefined}
      description="Write a caption once, with placeholders such as {title} and {link}, and insert it wherever you publish."
      actions={templates.length > 0 && add}
    >
      {templates.length === 0 && (
        <EmptyState icon={TextQuote} title="No templates yet" action={add}>
          Good for what you say every time: where to buy it, your discount code, your usual hashtags.
        </EmptyState>
      )}
      <ul className="grid gap-3">
        {templates.map((template) => (
          <li key={template.id}>
            <Card className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3 px-5 py-4">
              <div className="min-w-0 basis-64 grow">
                <h3 className="truncate font-[600]">{template.name}</h3>
                <p className="mt-0.5 line-clamp-2 break-words text-ink-soft">
                  {template.caption || "Without a caption"}
                </p>
                <p className="mt-1 text-xs break-words text-ink-faint">
                  {[
                    template.hashtags.map((tag) => `#${tag}`).join(" "),
                    ...Object.keys(template.variants).map((platform) =>
                      `another text for ${PLATFORM_NAMES[platform as keyof typeof PLATFORM_NAMES]}`
                    ),
                  ].filter(Boolean).join(" · ")}
                </p>
              </div>
              <div className="flex gap-2">
                <Button size="sm" onClick={() => setEditing(template)}>
                  Edit<span className="sr-only">{" "}{template.name}</span>
                </Button>
                <Button size="sm" look="danger-quiet" onClick={() => setDeleting(template)}>
                  Delete<span className="sr-only">{" "}{template.name}</span>
                </Button>
              </div>
            </Card>
          </li>
        ))}
      </ul>
      {editing && (
        <TemplateDialog
          template={editing === "new" ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
      <ConfirmDialog
        isOpen={deleting !== null}
        onOpenChange={() => setDeleting(null)}
        title={`Delete ${deleting?.name ?? "template"}?`}
        description="Posts that were written with it stay as they are."
        confirmLabel="Delete template"
        isDestructive
        isBusy={remove.isPending}
        onConfirm={() =>
          deleting && remove.mutate(deleting.id, {
            onSuccess: () => {
              toast.success("Template deleted");
              setDeleting(null);
            },
          })}
      />
    </Section>
  );
}

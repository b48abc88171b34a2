import { useMutation, useQueryClient } from "@tanstack/react-query";
import { assertWritten } from "../../../lib/data-failure.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";
import type { Template } from "./list-templates.ts";

export type TemplateForm = Pick<Template, "name" | "caption" | "hashtags" | "variants">;

/** Saves a template, a new one without an id. */
export function useSaveTemplate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, form }: { id: string | null; form: TemplateForm }) => {
      assertWritten(
        id === null
          ? await supabase.from("caption_templates").insert(form)
          : await supabase.from("caption_templates").update(form).eq("id", id),
      );
    },
    meta: { quiet: true },
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.templates }),
  });
}

export function useDeleteTemplate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) =>
      assertWritten(await supabase.from("caption_templates").delete().eq("id", id)),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.templates }),
  });
}

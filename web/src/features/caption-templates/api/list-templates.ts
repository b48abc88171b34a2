import { queryOptions } from "@tanstack/react-query";
import type { Platform } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { unwrap } from "../../../lib/data-failure.ts";
import type { Row } from "../../../lib/database.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

export type TemplateWords = { caption: string; hashtags: string[] };

/** A text with placeholders, and words of their own for some platforms. */
export type Template =
  & Omit<Row<"caption_templates">, "variants">
  & { variants: Partial<Record<Platform, TemplateWords>> };

/** The user's templates by name. */
export const templatesOptions = queryOptions({
  queryKey: queryKeys.templates,
  queryFn: async () =>
    unwrap(await supabase.from("caption_templates").select("*").order("name")) as unknown as Template[],
});

import type { DraftProblems } from "../rules/check-draft.ts";
import type { PostDraft } from "../rules/post-draft.ts";

/** What every group of fields of the form takes. */
export interface DraftFieldsProps {
  draft: PostDraft;
  problems: DraftProblems;
  onChange: (change: Partial<PostDraft>) => void;
}

import { SearchField } from "../../../components/search-field.tsx";
import { Segments } from "../../../components/ui/segments.tsx";
import { POST_VIEWS, type PostPage, type PostView } from "../rules/listed-post.ts";

const LABELS: Record<PostView, string> = {
  all: "All",
  attention: "Needs you",
  planned: "Planned",
  published: "Published",
  drafts: "Drafts",
  canceled: "Canceled",
};

interface PostFiltersProps {
  view: PostView;
  search: string;
  counts: PostPage["counts"] | undefined;
  onChange: (change: { view?: PostView; search?: string }) => void;
}

/** Which posts are shown; the address keeps it, so that going back finds the same list. */
export function PostFilters({ view, search, counts, onChange }: PostFiltersProps) {
  return (
    <div role="search" className="mb-5 flex flex-wrap gap-x-4 gap-y-2.5">
      <Segments
        label="Which posts"
        value={view}
        onChange={(next) => onChange({ view: next })}
        options={POST_VIEWS.map((each) => ({ value: each, label: LABELS[each], note: counts?.[each] }))}
      />
      <SearchField
        label="Search posts"
        placeholder="Text, video, product or ASIN"
        search={search}
        onSearch={(text) => onChange({ search: text })}
        className="basis-52 sm:max-w-72"
      />
    </div>
  );
}

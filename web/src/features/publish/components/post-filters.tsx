import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Input } from "../../../components/ui/input.tsx";
import { Segments } from "../../../components/ui/segments.tsx";
import { useDebounced } from "../../../lib/use-debounced.ts";
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
  const [text, setText] = useState(search);
  const settled = useDebounced(text);
  const lastShown = useRef(search);

  useEffect(() => {
    if (settled === lastShown.current) return;
    lastShown.current = settled;
    onChange({ search: settled });
  }, [settled]);

  // The address changes from outside as well: going back, or showing all posts again.
  useEffect(() => {
    if (search === lastShown.current) return;
    lastShown.current = search;
    setText(search);
  }, [search]);

  return (
    <div role="search" className="mb-5 flex flex-wrap gap-x-4 gap-y-2.5">
      <Segments
        label="Which posts"
        value={view}
        onChange={(next) => onChange({ view: next })}
        options={POST_VIEWS.map((each) => ({ value: each, label: LABELS[each], note: counts?.[each] }))}
      />
      <span className="relative min-w-0 grow basis-52 sm:max-w-72">
        <Search aria-hidden className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-faint" />
        <Input
          type="search"
          aria-label="Search posts"
          placeholder="Text, video, product or ASIN"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="pl-9"
        />
      </span>
    </div>
  );
}

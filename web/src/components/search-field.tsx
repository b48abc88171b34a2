import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { cn } from "../lib/cn.ts";
import { useDebounced } from "../lib/use-debounced.ts";
import { Input } from "./ui/input.tsx";

interface SearchFieldProps {
  label: string;
  placeholder: string;
  /** As the address has it. */
  search: string;
  /** When typing has paused. */
  onSearch: (search: string) => void;
  className?: string;
}

/** Looks for words in a list; the address keeps them. */
export function SearchField({ label, placeholder, search, onSearch, className }: SearchFieldProps) {
  const [text, setText] = useState(search);
  const settled = useDebounced(text);
  const lastShown = useRef(search);

  useEffect(() => {
    if (settled === lastShown.current) return;
    lastShown.current = settled;
    onSearch(settled);
  }, [settled]);

  // The address changes from outside as well: going back, or showing everything again.
  useEffect(() => {
    if (search === lastShown.current) return;
    lastShown.current = search;
    setText(search);
  }, [search]);

  return (
    <span className={cn("relative min-w-0 grow", className)}>
      <Search aria-hidden className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-faint" />
      <Input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="pl-9"
      />
    </span>
  );
}

import { Button } from "./ui/button.tsx";

interface ShowMoreProps {
  /** An infinite query. */
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
  size?: "sm" | "md";
}

/** Loads the next page of a list; nothing at its end. */
export function ShowMore({ list, size }: ShowMoreProps) {
  if (!list.hasNextPage) return null;
  return (
    <Button
      size={size}
      className="justify-self-center"
      isBusy={list.isFetchingNextPage}
      onClick={() => list.fetchNextPage()}
    >
      Show more
    </Button>
  );
}

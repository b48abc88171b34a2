import { Link } from "@tanstack/react-router";
import { FileQuestion } from "lucide-react";
import { Button } from "../../components/ui/button.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";

/** In the place of what was asked for and is not there. */
export function NotHere({ title }: { title: string }) {
  return (
    <EmptyState
      icon={FileQuestion}
      title={title}
      heading="h1"
      action={
        <Button asChild>
          <Link to="/posts">All posts</Link>
        </Button>
      }
    >
      It was deleted, or it belongs to another account.
    </EmptyState>
  );
}

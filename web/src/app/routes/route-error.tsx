import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { CloudOff } from "lucide-react";
import { Button } from "../../components/ui/button.tsx";
import { ApiFailure } from "../../lib/api-failure.ts";

/** What a page shows when it cannot be shown: why, what to quote, and another try. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  const isOurs = error instanceof ApiFailure;

  function tryAgain() {
    queries.reset();
    reset();
    void router.invalidate();
  }

  return (
    <div role="alert" className="mx-auto grid max-w-md justify-items-center px-6 py-20 text-center">
      <span className="mb-4 grid size-12 place-items-center rounded-full bg-danger-soft text-danger">
        <CloudOff aria-hidden className="size-6" />
      </span>
      <h1 className="text-xl">{isOurs && error.status === 404 ? "Not here" : "This page did not load"}</h1>
      <p className="mt-2 text-ink-soft">
        {isOurs ? error.message : "Something in this page broke. It has nothing to do with your data."}
      </p>
      <div className="mt-5 flex gap-2">
        <Button look="primary" onClick={tryAgain}>Try again</Button>
        <Button asChild>
          <a href="/">Go home</a>
        </Button>
      </div>
      {isOurs && error.requestId && (
        <p className="mt-6 text-xs text-ink-faint">
          Request <span className="code select-all">{error.requestId}</span>
        </p>
      )}
    </div>
  );
}

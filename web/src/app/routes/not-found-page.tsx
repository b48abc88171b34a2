import { Link } from "@tanstack/react-router";
import { LogoMark } from "../../components/logo.tsx";
import { Button } from "../../components/ui/button.tsx";

export function NotFoundPage() {
  return (
    <main className="mx-auto grid min-h-[60dvh] max-w-md content-center justify-items-center px-6 text-center">
      <LogoMark className="mb-5 size-12" />
      <h1 className="text-xl">There is nothing at this address</h1>
      <p className="mt-2 mb-5 text-ink-soft">It may have been deleted, or the link may be cut short.</p>
      <Button asChild look="primary">
        <Link to="/">Go home</Link>
      </Button>
    </main>
  );
}

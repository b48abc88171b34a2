import type { ReactNode } from "react";
import { Logo } from "../../../components/logo.tsx";
import { RelayPicture } from "./relay-picture.tsx";

interface AuthPageProps {
  title: string;
  description: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
}

/** The frame of every page before signing in: the form, and what Cliprelay does beside it. */
export function AuthPage({ title, description, children, footer }: AuthPageProps) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(26rem,1fr)_minmax(0,1.15fr)]">
      <main id="main" className="flex flex-col px-6 py-8 sm:px-10">
        <Logo />
        <div className="mx-auto my-auto w-full max-w-sm py-10">
          <h1 className="text-2xl">{title}</h1>
          <p className="mt-1.5 mb-7 text-ink-soft">{description}</p>
          {children}
          {footer && <div className="mt-6 text-ink-soft">{footer}</div>}
        </div>
      </main>
      <aside aria-label="About Cliprelay" className="relative hidden overflow-hidden bg-[#123c2b] lg:block">
        <RelayPicture />
      </aside>
    </div>
  );
}

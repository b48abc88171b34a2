import type { ReactNode } from "react";

interface PageHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** Where this page belongs, above the title. */
  trail?: ReactNode;
}

export function PageHeader({ title, description, actions, trail }: PageHeaderProps) {
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 max-sm:w-full">
        {trail && <div className="mb-1.5 text-ink-soft">{trail}</div>}
        <h1 className="text-[1.5rem] leading-8">{title}</h1>
        {description && <p className="mt-1 max-w-2xl text-ink-soft">{description}</p>}
      </div>
      {actions && <div className="flex items-center gap-2">{actions}</div>}
    </header>
  );
}

import type { ReactNode } from "react";

interface PageHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, description, actions }: PageHeaderProps) {
  return (
    <header className="mb-6 grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-1">
      <h1 className="text-[1.5rem] leading-9">{title}</h1>
      {actions && <div className="flex items-center gap-2 sm:row-span-2">{actions}</div>}
      {description && (
        <p className="col-span-full max-w-2xl text-ink-soft sm:col-span-1 sm:col-start-1">{description}</p>
      )}
    </header>
  );
}

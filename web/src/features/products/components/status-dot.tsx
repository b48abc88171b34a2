import type { ProductStatus } from "../api/list-statuses.ts";

/** A status in its colour and its words; the words carry the meaning. */
export function StatusDot({ status }: { status: ProductStatus | undefined }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-2">
      <span
        aria-hidden
        className="size-2.5 shrink-0 rounded-full ring-2 ring-[color-mix(in_oklab,currentColor_12%,transparent)]"
        style={{ backgroundColor: status?.color ?? "var(--line-strong)" }}
      />
      <span className="truncate">{status?.name ?? "No status"}</span>
    </span>
  );
}

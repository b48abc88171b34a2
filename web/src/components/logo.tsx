/** The mark: one clip handing on to the next. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <rect width="32" height="32" rx="9" fill="#123c2b" />
      <path
        d="M7.5 10.4c0-1.2 1.3-1.9 2.3-1.3l8 5.6c.9.6.9 1.9 0 2.6l-8 5.6c-1 .6-2.3-.1-2.3-1.3z"
        fill="#c9ee4f"
        fillOpacity=".45"
      />
      <path
        d="M14.5 10.4c0-1.2 1.3-1.9 2.3-1.3l8 5.6c.9.6.9 1.9 0 2.6l-8 5.6c-1 .6-2.3-.1-2.3-1.3z"
        fill="#c9ee4f"
      />
    </svg>
  );
}

export function Logo() {
  return (
    <span className="inline-flex items-center gap-2.5">
      <LogoMark className="size-7" />
      <span className="text-[1.0625rem] font-[680] tracking-[-0.025em]">Cliprelay</span>
    </span>
  );
}

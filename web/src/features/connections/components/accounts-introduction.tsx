const STEPS = [
  { title: "Connect", text: "Sign in at the platform itself. Cliprelay never sees your password." },
  { title: "Press Publish at a video", text: "One text for all, or one for each; now or at a time." },
  { title: "Go and do something else", text: "It goes out once, on time, and Posts shows how it went." },
];

/** Before the first account: what connecting one leads to. */
export function AccountsIntroduction() {
  return (
    <ol className="grid gap-x-6 gap-y-3 rounded-xl bg-spark-soft/60 px-5 py-4 sm:grid-cols-3">
      {STEPS.map(({ title, text }, index) => (
        <li key={title} className="flex gap-3">
          <span
            aria-hidden
            className="tabular grid size-6 shrink-0 place-items-center rounded-full bg-primary text-xs font-[650] text-on-primary"
          >
            {index + 1}
          </span>
          <span>
            <span className="block font-[600]">{title}</span>
            <span className="text-ink-soft">{text}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

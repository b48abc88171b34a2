import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "../../../components/ui/button.tsx";

interface InlineQuestionProps {
  question: string;
  confirmLabel: string;
  keepLabel: string;
  /** The answer is one that nobody regrets. */
  isHarmless?: boolean;
  isBusy: boolean;
  /** What else is asked. */
  children?: ReactNode;
  onConfirm: () => void;
  onKeep: () => void;
}

/** Asks in the place of the button that was pressed: it may stand in a dialog, and there is one dialog at a time. */
export function InlineQuestion(props: InlineQuestionProps) {
  const { question, confirmLabel, keepLabel, isHarmless, isBusy, children, onConfirm, onKeep } = props;
  const box = useRef<HTMLDivElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  // The pressed button is gone: the focus moves to the answer that changes nothing.
  useEffect(() => keep.current?.focus(), []);
  useEffect(() => {
    const closeAlone = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !box.current?.contains(document.activeElement)) return;
      event.stopPropagation();
      onKeep();
    };
    // Dialogs listen at the document before anything inside them: only the window is asked earlier.
    globalThis.addEventListener("keydown", closeAlone, { capture: true });
    return () => globalThis.removeEventListener("keydown", closeAlone, { capture: true });
  }, [onKeep]);
  return (
    <div
      ref={box}
      role="group"
      aria-label={question}
      className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-lg bg-sunken px-3 py-2.5 sm:col-span-full"
    >
      <p className="min-w-0 grow basis-60 font-[550]">{question}</p>
      {children && <div className="basis-full">{children}</div>}
      <span className="flex gap-1.5">
        <Button size="sm" look={isHarmless ? "primary" : "danger"} isBusy={isBusy} onClick={onConfirm}>
          {confirmLabel}
        </Button>
        <Button size="sm" ref={keep} disabled={isBusy} onClick={onKeep}>{keepLabel}</Button>
      </span>
    </div>
  );
}

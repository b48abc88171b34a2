import { useRef } from "react";
import { flushSync } from "react-dom";

export type Question = "cancel" | "dismiss" | "again" | "there" | "now";

/**
 * Opens and closes a question that stands in the place of the button which asked it. When it closes, that button has
 * the focus again, or the row when nothing is left to press.
 */
export function useQuestionFocus(setAsking: (question: Question | null) => void) {
  const box = useRef<HTMLDivElement>(null);
  const asked = useRef<Question>("cancel");
  return {
    box,
    ask: (question: Question) => {
      asked.current = question;
      setAsking(question);
    },
    close: () => {
      // The button is in the page again before it can be focused.
      flushSync(() => setAsking(null));
      const button = box.current?.querySelector<HTMLElement>(`[data-asks=${asked.current}]`);
      (button ?? box.current?.closest("li"))?.focus();
    },
  };
}

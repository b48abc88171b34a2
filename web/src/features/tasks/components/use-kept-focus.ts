import { type RefObject, useCallback, useLayoutEffect, useRef } from "react";
import type { TaskStatus } from "../../../../../supabase/functions/_shared/contracts/tasks.ts";

interface LostPlace {
  readonly status: TaskStatus;
  /** Rows to go to, best first: the task itself, those below it, those above it. */
  readonly taskIds: readonly string[];
}

/**
 * A move takes the button away that was pressed. The focus then goes to the task's next step, or where the task left
 * the list, to the same step of its neighbour, so that a list can be worked through by keyboard.
 * @returns to be called with every move, before it changes the list
 */
export function useKeptFocus(listRef: RefObject<HTMLElement | null>) {
  const lost = useRef<LostPlace | null>(null);

  // After every change of the list: the one that removes the button may come later than the press.
  useLayoutEffect(() => {
    const list = listRef.current;
    if (!list || !lost.current || document.activeElement !== document.body) return;
    const { status, taskIds } = lost.current;
    const target = taskIds.map((id) => findStep(list, id, status)).find(Boolean) ?? list;
    lost.current = null;
    target.focus();
  });

  return useCallback((taskId: string, status: TaskStatus) => {
    const list = listRef.current;
    if (!list?.contains(document.activeElement)) return;
    const ids = [...list.querySelectorAll<HTMLElement>("[data-task]")].map((row) => row.dataset.task!);
    const index = ids.indexOf(taskId);
    lost.current = { status, taskIds: [...ids.slice(index), ...ids.slice(0, index).reverse()] };
  }, [listRef]);
}

function findStep(list: HTMLElement, taskId: string, status: TaskStatus): HTMLElement | null {
  const row = list.querySelector(`[data-task="${taskId}"]`);
  return row?.querySelector<HTMLElement>(`[data-move="${status}"]`) ??
    row?.querySelector<HTMLElement>("button") ?? null;
}

import { useEffect, useRef, useState } from "react";

/**
 * Takes files dropped anywhere on the page, so that missing a box by a little does not open the video instead.
 * @returns whether files are being dragged over the page
 */
export function useFileDrop(onDrop: (files: File[]) => void): boolean {
  const [isDragging, setDragging] = useState(false);
  const latest = useRef(onDrop);
  useEffect(() => {
    latest.current = onDrop;
  });

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

    addEventListener("dragover", (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setDragging(true);
    }, { signal });
    addEventListener("dragleave", (event) => event.relatedTarget === null && setDragging(false), { signal });
    addEventListener("drop", (event) => {
      setDragging(false);
      if (!carriesFiles(event)) return;
      event.preventDefault();
      latest.current([...event.dataTransfer?.files ?? []]);
    }, { signal });
    return () => controller.abort();
  }, []);

  return isDragging;
}

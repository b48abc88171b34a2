/** Shown while the code of a page is on its way. */
export function RoutePending() {
  return (
    <div role="status" className="grid min-h-[50dvh] place-items-center">
      <span className="sr-only">Loading</span>
      <span aria-hidden className="h-1 w-24 overflow-hidden rounded-full bg-line">
        <span className="block h-full w-2/5 animate-sweep rounded-full bg-progress" />
      </span>
    </div>
  );
}

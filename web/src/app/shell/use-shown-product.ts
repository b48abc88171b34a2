import { useParams } from "@tanstack/react-router";

/** The product whose page is open: its uploads are shown there, not in the tray. */
export function useShownProduct(): string | undefined {
  return useParams({ strict: false }).productId;
}

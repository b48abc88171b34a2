import type { ReactNode } from "react";

interface Reconnected {
  /** Of the account; null when it is not known any more. */
  connectionId: string | null;
  /** Why it waits: it may be OneDrive that has to be connected again. */
  errorCode: string | null;
}

/** Draws the button that connects again what a post waits for, the same way as before. */
export type RenderReconnect = (reconnected: Reconnected) => ReactNode;

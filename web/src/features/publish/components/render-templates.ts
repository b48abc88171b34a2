import type { ReactNode } from "react";
import type { InsertedText } from "../rules/insert-text.ts";

/** Offers the user's caption templates; hears the one that was chosen. */
export type RenderTemplates = (onChoose: (text: InsertedText) => void) => ReactNode;

import { CircleAlert, CircleCheck, Clock, Info, KeyRound, Layers, type LucideIcon } from "lucide-react";

export type NoticeTone = "success" | "danger" | "warning" | "info";

interface NoticeLook {
  icon: LucideIcon;
  tone: NoticeTone;
  /** What the symbol says, for who does not see it. */
  word: string;
}

const LOOKS: readonly (readonly [kinds: RegExp, look: NoticeLook])[] = [
  [/^publish\.(published|reconnected)$/, { icon: CircleCheck, tone: "success", word: "Done" }],
  // Good or bad: its title says how many of its posts need their user.
  [/^publish\.bulk_finished$/, { icon: Layers, tone: "info", word: "Finished" }],
  [/^publish\.(failed|needs_conversion|unknown)$/, { icon: CircleAlert, tone: "danger", word: "Problem" }],
  [/\.(needs_reauth|account_\w+|expired|reauth)$/, { icon: KeyRound, tone: "warning", word: "Account" }],
  [/^publish\.(quota_wait|readiness)$/, { icon: Clock, tone: "warning", word: "Ahead" }],
];

/** Symbol and colour of a kind of notice. */
export function lookOf(kind: string): NoticeLook {
  return LOOKS.find(([kinds]) => kinds.test(kind))?.[1] ?? { icon: Info, tone: "info", word: "News" };
}

import type { LinkAnswer } from "../../../../../supabase/functions/_shared/contracts/videos.ts";
import { count } from "../../../lib/count.ts";

export interface LinkNews {
  title: string;
  /** What did not happen, and why. */
  note?: string;
}

/** What adding videos from OneDrive did, in words. */
export function describeLinks({ links }: LinkAnswer): LinkNews {
  const amount = (outcome: LinkAnswer["links"][number]["outcome"]) =>
    links.filter((link) => link.outcome === outcome).length;
  const [added, already, elsewhere] = [
    amount("linked"),
    amount("already_linked"),
    amount("other_product"),
  ];
  const notes = [
    already > 0 &&
    `${count(already, "video was", "videos were")} here already.`,
    elsewhere > 0 &&
    `${count(elsewhere, "video belongs", "videos belong")} to another product and stayed there.`,
  ].filter((note) => note !== false);
  const title = added > 0 ? `${count(added, "video")} added from OneDrive` : "Nothing new to add";
  return { title, note: notes.length > 0 ? notes.join(" ") : undefined };
}

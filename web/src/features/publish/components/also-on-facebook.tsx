import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { Checkbox } from "../../../components/ui/checkbox.tsx";
import { nameAccount } from "../../../lib/name-account.ts";

interface AlsoOnFacebookProps {
  /** The Pages of the chosen Instagram accounts. */
  pages: readonly PublishConnection[];
  chosen: readonly string[];
  onChange: (connectionIds: string[]) => void;
}

/** Beside an Instagram account: the same post on its Facebook Page. */
export function AlsoOnFacebook({ pages, chosen, onChange }: AlsoOnFacebookProps) {
  return pages.map((page) => (
    <Checkbox
      key={page.id}
      label={pages.length === 1 ? "Also post to Facebook" : `Also post to Facebook: ${nameAccount(page)}`}
      description={`The same post as a Reel on ${nameAccount(page)}, the Page of this account.`}
      className="sm:col-span-2"
      checked={chosen.includes(page.id)}
      onChange={(event) =>
        onChange(event.target.checked ? [...chosen, page.id] : chosen.filter((each) => each !== page.id))}
    />
  ));
}

import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { AccountPicture } from "../../../components/account-picture.tsx";
import { nameAccount } from "../../../lib/name-account.ts";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import { describeTarget } from "../rules/describe-target.ts";
import type { ListedTarget } from "../rules/listed-post.ts";
import type { RenderReconnect } from "./render-reconnect.ts";
import { TargetRow } from "./target-row.tsx";

interface TargetListProps {
  postId: string;
  targets: readonly ListedTarget[];
  /** Every account of the user, disconnected ones too. */
  accounts: readonly PublishConnection[];
  timeZone: string;
  renderReconnect: RenderReconnect;
  /** Opens the post to change it; absent where that is not offered. */
  onEdit?: () => void;
}

/** How a post stands on each of its accounts; changes are said to a screen reader. */
export function TargetList({ targets, accounts, timeZone, ...rest }: TargetListProps) {
  const items = targets.toSorted(byPlatform).map((target) => {
    const account = accounts.find(({ id }) => id === target.connection_id) ?? toNameless(target);
    return {
      target,
      picture: <AccountPicture account={account} />,
      name: nameAccount(account),
      place: PLATFORM_NAMES[target.platform],
      description: describeTarget(target, timeZone),
    };
  });
  return (
    <>
      <p role="status" className="sr-only">
        {items.map(({ name, place, description }) => `${name} on ${place}: ${description.label}.`).join(" ")}
      </p>
      <ul aria-label="Accounts of this post" className="divide-y">
        {items.map((item) => <TargetRow key={item.target.id} {...item} {...rest} timeZone={timeZone} />)}
      </ul>
    </>
  );
}

const ORDER = Object.keys(PLATFORM_NAMES);

/** The same account in the same place in every post. */
const byPlatform = (one: ListedTarget, other: ListedTarget) =>
  ORDER.indexOf(one.platform) - ORDER.indexOf(other.platform) ||
  (one.connection_id ?? "").localeCompare(other.connection_id ?? "");

const toNameless = ({ platform }: ListedTarget) => ({
  platform,
  account_name: null,
  account_handle: null,
  account_picture_url: null,
});

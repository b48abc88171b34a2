import { useQuery } from "@tanstack/react-query";
import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { AccountPicture } from "../../../components/account-picture.tsx";
import { nameAccount } from "../../../lib/name-account.ts";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import { conversionOptions } from "../api/find-conversion.ts";
import { byPlatform } from "../rules/by-platform.ts";
import { describeConversion } from "../rules/describe-conversion.ts";
import { describeTarget } from "../rules/describe-target.ts";
import { findPage } from "../rules/find-page.ts";
import type { ListedTarget } from "../rules/listed-post.ts";
import type { RenderReconnect } from "./render-reconnect.ts";
import { TargetRow } from "./target-row.tsx";

interface TargetListProps {
  postId: string;
  /** Null when it was deleted. */
  videoId: string | null;
  targets: readonly ListedTarget[];
  /** Every account of the user, disconnected ones too. */
  accounts: readonly PublishConnection[];
  timeZone: string;
  renderReconnect: RenderReconnect;
  /** Opens the post to change it; absent where that is not offered. */
  onEdit?: () => void;
  /** Opens a new post of what is on an Instagram account, for its Facebook Page; absent where that is not offered. */
  onCrossPost?: (target: ListedTarget, page: PublishConnection) => void;
}

/** How a post stands on each of its accounts; changes are said to a screen reader. */
export function TargetList({ videoId, targets, accounts, timeZone, onCrossPost, ...rest }: TargetListProps) {
  const isPreparing = videoId !== null && targets.some(({ status }) => status === "preparing");
  const { data: isConverting } = useQuery({ ...conversionOptions(videoId ?? ""), enabled: isPreparing });
  const items = targets.toSorted(byPlatform).map((target) => {
    const account = accounts.find(({ id }) => id === target.connection_id) ?? toNameless(target);
    const page = canCrossPost(target) ? findPage({ page_connection_id: null, ...account }, accounts) : null;
    const isThere = targets.some(({ connection_id }) => connection_id === page?.id);
    return {
      target,
      onCrossPost: page && !isThere && onCrossPost ? () => onCrossPost(target, page) : undefined,
      picture: <AccountPicture account={account} />,
      name: nameAccount(account),
      place: PLATFORM_NAMES[target.platform],
      description: isConverting && target.status === "preparing"
        ? describeConversion(target)
        : describeTarget(target, timeZone),
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

const canCrossPost = ({ platform, status }: ListedTarget) =>
  platform === "instagram" && status === "published";

const toNameless = ({ platform }: ListedTarget) => ({
  platform,
  account_name: null,
  account_handle: null,
  account_picture_url: null,
});

import { ProviderApiError, ProviderAuthError } from "../../_shared/core/provider-errors.ts";
import { BudgetSpent } from "../../_shared/core/publish-errors.ts";
import type { AwaitedLink } from "../../_shared/db/awaited-links.ts";
import { chooseAdapter } from "../rules/choose-adapter.ts";
import type { PublishDeps } from "./deps.ts";

/** Of one invocation: each costs a call. */
const BATCH = 20;

/**
 * Asks for the addresses of posts that were there before their platform told where. What does not come is asked for
 * again later. Resolves to how many were asked for and found.
 */
export async function followLinks(deps: PublishDeps): Promise<{ asked: number; found: number }> {
  const links = await deps.links.claim(BATCH);
  const found = await Promise.all(links.map((link) => followLink(deps, link)));
  return { asked: links.length, found: found.filter(Boolean).length };
}

async function followLink(deps: PublishDeps, link: AwaitedLink): Promise<boolean> {
  try {
    const adapter = chooseAdapter(deps.adapters, link.platform, link.route);
    if (!adapter?.findLink) return false;
    const account = await deps.access.open(link.userId, link.connectionId);
    const { accountId, userId, token } = account;
    const found = await adapter.findLink({
      postId: link.postId,
      handle: link.handle,
      token,
      async spend(budget) {
        const freesAt = await deps.targets.takeBudget({ budget, accountId, userId, amount: 1 });
        if (freesAt) throw new BudgetSpent(budget, freesAt);
      },
    });
    return found !== null && (await deps.links.set(link.targetId, found.postId, found.url));
  } catch (error) {
    const isExpected = error instanceof ProviderApiError || error instanceof ProviderAuthError ||
      error instanceof BudgetSpent;
    if (!isExpected) deps.logError({ target_id: link.targetId, step: "link" }, error);
    return false;
  }
}

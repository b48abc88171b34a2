import { connectBlotato } from "../../functions/support/blotato.ts";
import { connectPlatform } from "../../functions/support/publish.ts";
import type { Person } from "./people.ts";
import type { Platform } from "./plan-publishing.ts";
import type { PublishRig } from "./publish-rig.ts";

const LOOK_EVERY_MS = 500;

/**
 * People who connect an account again as soon as its platform wants that, as often as it takes while everything around
 * them breaks. Returns how to send them home.
 */
export function reconnectAccounts(rig: PublishRig, people: readonly Person[]): () => Promise<number> {
  let isOver = false;
  let count = 0;
  const watching = (async () => {
    while (!isOver) {
      for (const { userId, platform, route } of await readEnded(rig)) {
        const person = people.find(({ account }) => account.id === userId)!;
        // Whatever dies in the middle, the next look finds the account as it was.
        count += await connectAgain(rig, person, platform, route, count).then(() => 1, () => 0);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  })();
  return async () => {
    isOver = true;
    await watching;
    return count;
  };
}

interface EndedAccount {
  readonly userId: string;
  readonly platform: Platform;
  readonly route: string;
}

async function readEnded(rig: PublishRig): Promise<EndedAccount[]> {
  return await rig.query((sql) =>
    sql<EndedAccount[]>`
      select user_id as "userId", platform, route from public.oauth_connections where status in ('expired', 'error')`
  );
}

/** A revoked API key is not taken again: `number` makes it another one of the same user. */
async function connectAgain(
  { env }: PublishRig,
  { account, names }: Person,
  platform: Platform,
  route: string,
  number: number,
): Promise<void> {
  if (route === "blotato") {
    await connectBlotato(env, account, `blotato-${names[platform]}:${number % 90 + 1}`);
    return;
  }
  await connectPlatform(
    env,
    account,
    platform,
    names[platform],
    platform === "instagram" ? { route } : undefined,
  );
}

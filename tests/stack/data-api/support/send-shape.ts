import { createClient, type PostgrestSingleResponse, type SupabaseClient } from "@supabase/supabase-js";
import type { World } from "../../../privacy/support/world.ts";
import type { FilledShape } from "./fill-shape.ts";

/** What the official client makes of an answer, and the answer itself. */
export interface SentShape {
  readonly answer: PostgrestSingleResponse<unknown>;
  readonly headers: Headers;
  readonly url: URL;
}

type AnyQuery =
  & Record<string, (...args: unknown[]) => AnyQuery>
  & PromiseLike<PostgrestSingleResponse<unknown>>;

/** Sends a shape through supabase-js: as the owner, or with the secret key where only that one may. */
export async function sendShape(world: World, { calls, routine }: FilledShape): Promise<SentShape> {
  let headers = new Headers();
  let url = new URL(world.env.API_URL!);
  const doFetch: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    headers = response.headers;
    url = new URL(String(input instanceof Request ? input.url : input));
    return response;
  };
  let query = connect(world, routine?.isForUsers ?? true, doFetch) as unknown as AnyQuery;
  for (const { method, args, values, options } of calls) {
    const named = method === "rpc" ? args.slice(0, 1) : args;
    const fixed = method === "is" ? [args[0], JSON.parse(args[1]!)] : [...named, ...values];
    query = query[method]!(...fixed, ...(Object.keys(options).length > 0 ? [options] : []));
  }
  return { answer: await query, headers, url };
}

function connect({ env, owner }: World, isUser: boolean, doFetch: typeof fetch): SupabaseClient {
  const global = { fetch: doFetch };
  return isUser
    ? createClient(env.API_URL!, env.PUBLISHABLE_KEY!, {
      global,
      accessToken: () => Promise.resolve(owner.token),
    })
    : createClient(env.API_URL!, env.SECRET_KEY!, { global, auth: { persistSession: false } });
}

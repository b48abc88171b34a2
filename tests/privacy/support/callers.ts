import { decodeJwt, SignJWT, UnsecuredJWT } from "jose";
import { createAccount } from "../../functions/support/account.ts";
import { send } from "./send.ts";
import type { World } from "./world.ts";

export const INTRUDER_KINDS = [
  "stranger",
  "deleted user",
  "anonymous",
  "publishable key only",
  "wrong key",
  "expired token",
  "forged token",
  "secret key in the browser",
] as const;

export type IntruderKind = typeof INTRUDER_KINDS[number] | "the owner" | "forged signature";

/** Somebody who is not the owner, or cannot prove to be. */
export interface Intruder {
  readonly title: string;
  readonly kind: IntruderKind;
  readonly headers: Readonly<Record<string, string>>;
  /** True: a genuine account, so an answer may be 200 with the intruder's own rows. */
  readonly isSignedIn: boolean;
  /**
   * True: signed with the project's own key, which nobody outside has. PostgREST and Storage look at role and expiry
   * alone; our functions check every claim.
   */
  readonly isForFunctionsAlone?: boolean;
}

const CHROME =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** Everybody who tries each door. The signed tokens carry the owner's own claims but for the one thing named. */
export async function listIntruders(world: World): Promise<Intruder[]> {
  const { env, owner, stranger } = world;
  const claims = decodeJwt(owner.token);
  const now = Math.floor(Date.now() / 1000);
  const sign = (payload: Record<string, unknown>, secret = env.JWT_SECRET!, alg = "HS256") =>
    new SignJWT(payload).setProtectedHeader({ alg, typ: "JWT" }).sign(new TextEncoder().encode(secret));
  const refused = (kind: IntruderKind, title: string, token: string): Intruder => ({
    ...{ kind, title },
    headers: { apikey: env.PUBLISHABLE_KEY!, authorization: `Bearer ${token}` },
    isSignedIn: false,
  });
  const forged = (title: string, token: string) => refused("forged token", title, token);
  const signedIn = (
    kind: IntruderKind,
    title: string,
    token: string,
    apikey = env.PUBLISHABLE_KEY!,
  ): Intruder => ({
    ...{ kind, title },
    headers: { apikey, authorization: `Bearer ${token}` },
    isSignedIn: true,
  });
  const keyed = (kind: IntruderKind, title: string, headers: Record<string, string>): Intruder => ({
    ...{ kind, title, headers },
    isSignedIn: false,
  });
  const [header, , signature] = owner.token.split(".");
  const [, strangersPayload] = stranger.token.split(".");
  const someKey = "z".repeat(64);
  const inBrowser = { "user-agent": CHROME, origin: "https://app.example" };
  return [
    signedIn("stranger", "a stranger", stranger.token),
    signedIn("stranger", "a stranger behind the secret key", stranger.token, env.SECRET_KEY!),
    signedIn("deleted user", "a deleted user", await deletedUsersToken(world)),
    keyed("anonymous", "nobody, without a key", {}),
    keyed("publishable key only", "the publishable key", { apikey: env.PUBLISHABLE_KEY! }),
    refused("publishable key only", "the publishable key as token", env.PUBLISHABLE_KEY!),
    keyed("wrong key", "a made-up secret key", { apikey: `sb_secret_${someKey.slice(0, 32)}` }),
    refused(
      "expired token",
      "the owner's expired token",
      await sign({ ...claims, iat: now - 7200, exp: now - 60 }),
    ),
    forged("a token signed with another secret", await sign(claims, someKey)),
    forged("a token signed with the publishable key", await sign(claims, env.PUBLISHABLE_KEY!)),
    forged(
      "a service role signed with another secret",
      await sign({ ...claims, role: "service_role" }, someKey),
    ),
    forged("an unsigned token", new UnsecuredJWT(claims).encode()),
    forged("the owner's signature under other claims", `${header}.${strangersPayload}.${signature}`),
    forged("the owner's claims without a signature", `${owner.token.split(".").slice(0, 2).join(".")}.`),
    forged("the owner's id in the role of nobody", await sign({ ...claims, role: "anon" })),
    forged("the owner's id in the role of the database", await sign({ ...claims, role: "postgres" })),
    ...(await Promise.all([
      sign({ ...claims, aud: "anon" }),
      sign({ ...claims, iss: "https://evil.example/auth/v1" }),
      sign({ ...claims, role: "service_role" }),
      sign({ ...claims, sub: undefined }),
      sign(claims, env.JWT_SECRET!, "HS512"),
    ])).map((token, index) => ({
      ...forged(`the project's key under a wrong claim (${index + 1} of 5)`, token),
      isForFunctionsAlone: true,
    })),
    keyed("secret key in the browser", "the secret key in a browser", {
      ...inBrowser,
      apikey: env.SECRET_KEY!,
    }),
    keyed("secret key in the browser", "the secret key in a browser, as token too", {
      ...inBrowser,
      apikey: env.SECRET_KEY!,
      authorization: `Bearer ${env.SECRET_KEY!}`,
    }),
  ];
}

/** An access token outlives its user until it expires. */
async function deletedUsersToken({ env }: World): Promise<string> {
  const { id, token } = await createAccount(env);
  const url = `${env.API_URL}/auth/v1/admin/users/${id}`;
  const { status, text } = await send("DELETE", url, { headers: { apikey: env.SECRET_KEY! } });
  if (status !== 200) throw new Error(`The account is not deleted: ${status} ${text}`);
  return token;
}

/** The owner, and the operator with the secret key: whose success proves that a door opens at all. */
export function insiders({ env, owner }: Pick<World, "env" | "owner">) {
  return {
    owner: { apikey: env.PUBLISHABLE_KEY!, authorization: `Bearer ${owner.token}` },
    operator: { apikey: env.SECRET_KEY! },
  };
}

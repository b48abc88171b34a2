import { decodeJwt, SignJWT, UnsecuredJWT } from "jose";
import type { World } from "./world.ts";

/** Somebody who is not the owner, or cannot prove to be. */
export interface Intruder {
  readonly title: string;
  readonly headers: Readonly<Record<string, string>>;
  /** True: a genuine account, so an answer may be 200 with the intruder's own rows. */
  readonly isSignedIn: boolean;
}

/** Everybody who tries each door. The signed tokens carry the owner's own claims but for the one thing named. */
export async function listIntruders({ env, owner, stranger }: World): Promise<Intruder[]> {
  const claims = decodeJwt(owner.token);
  const now = Math.floor(Date.now() / 1000);
  const sign = (payload: Record<string, unknown>, secret = env.JWT_SECRET!, alg = "HS256") =>
    new SignJWT(payload).setProtectedHeader({ alg, typ: "JWT" }).sign(new TextEncoder().encode(secret));
  const refused = (title: string, token: string, apikey = env.PUBLISHABLE_KEY!): Intruder => ({
    title,
    headers: { apikey, authorization: `Bearer ${token}` },
    isSignedIn: false,
  });
  const signedIn = (title: string, apikey: string): Intruder => ({
    title,
    headers: { apikey, authorization: `Bearer ${stranger.token}` },
    isSignedIn: true,
  });
  const [header, , signature] = owner.token.split(".");
  const [, strangersPayload] = stranger.token.split(".");
  const someKey = "z".repeat(64);
  return [
    signedIn("a stranger", env.PUBLISHABLE_KEY!),
    signedIn("a stranger behind the secret key", env.SECRET_KEY!),
    { title: "anonymous", headers: { apikey: env.PUBLISHABLE_KEY! }, isSignedIn: false },
    { title: "no key", headers: {}, isSignedIn: false },
    { title: "a wrong key", headers: { apikey: `sb_secret_${someKey.slice(0, 32)}` }, isSignedIn: false },
    refused("the publishable key as token", env.PUBLISHABLE_KEY!),
    refused("the owner's expired token", await sign({ ...claims, iat: now - 7200, exp: now - 60 })),
    refused("a token signed with another secret", await sign(claims, someKey)),
    refused("a token signed with the publishable key", await sign(claims, env.PUBLISHABLE_KEY!)),
    refused(
      "a service role signed with another secret",
      await sign({ ...claims, role: "service_role" }, someKey),
    ),
    refused("an unsigned token", new UnsecuredJWT(claims).encode()),
    refused("the owner's signature under other claims", `${header}.${strangersPayload}.${signature}`),
  ];
}

/** The owner, and the operator with the secret key: whose success proves that a door opens at all. */
export function insiders({ env, owner }: World) {
  return {
    owner: { apikey: env.PUBLISHABLE_KEY!, authorization: `Bearer ${owner.token}` },
    operator: { apikey: env.SECRET_KEY! },
  };
}

import { createHash, randomInt } from "node:crypto";

/** A one-time token of a mail: the code a person could type, and what stands in links and in the database. */
export interface IssuedToken {
  readonly otp: string;
  readonly hash: string;
}

/** A new six-digit code for an address, and the hash @supabase/lite recomputes from the two. */
export function issueToken(email: string): IssuedToken {
  const otp = String(randomInt(1_000_000)).padStart(6, "0");
  return { otp, hash: createHash("sha256").update(email.toLowerCase() + otp).digest("hex") };
}

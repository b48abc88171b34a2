import { z } from "zod";
import { isEqualConstantTime } from "../../core/constant-time.ts";
import { hmacSha256Base64url } from "../../core/digest.ts";
import { fromBase64 } from "../../core/encoding.ts";

const payloadSchema = z.object({
  algorithm: z.string(),
  user_id: z.coerce.string().regex(/^\d{1,30}$/),
  /** Seconds since 1970, before the year 10000. */
  issued_at: z.number().int().positive().max(253_402_300_799),
});

/** Who a callback of Meta is about, and when it was written. */
export interface SignedRequest {
  personId: string;
  issuedAt: Date;
}

/**
 * Reads `signature.payload`, both base64url, the signature being the payload's HMAC-SHA256 with the app's secret (rule:
 * Meta, Parsing the Signed Request). Null for anything that is not signed like that.
 */
export async function readSignedRequest(text: string, secret: string): Promise<SignedRequest | null> {
  const [signature = "", payload = "", ...more] = text.split(".");
  if (signature === "" || payload === "" || more.length > 0) return null;
  const expected = await hmacSha256Base64url(secret, payload);
  if (!isEqualConstantTime(signature.replace(/=+$/, ""), expected)) return null;
  const parsed = payloadSchema.safeParse(decodePayload(payload));
  if (!parsed.success || parsed.data.algorithm.toUpperCase() !== "HMAC-SHA256") return null;
  return { personId: parsed.data.user_id, issuedAt: new Date(parsed.data.issued_at * 1000) };
}

function decodePayload(payload: string): unknown {
  try {
    const base64 = payload.replaceAll("-", "+").replaceAll("_", "/");
    return JSON.parse(new TextDecoder().decode(fromBase64(base64)), keepLongNumbers);
  } catch {
    return null;
  }
}

/** Ids of Meta may come as numbers larger than a number holds; those stay text. */
function keepLongNumbers(_name: string, value: unknown, context?: { source?: string }): unknown {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? (context?.source ?? value) : value;
}

import type { z } from "zod";
import type { Exchange } from "../../kit/exchange.ts";
import type { Kit } from "../../kit/provider.ts";
import type { Account } from "../account.ts";
import type { TiktokState } from "../state.ts";
import { invalidParams } from "../tiktok-failure.ts";

/** One authenticated call of the API. */
export interface ApiCall {
  kit: Kit;
  state: TiktokState;
  account: Account;
  request: Request;
  exchange: Exchange;
  query: URLSearchParams;
}

/** The request's JSON body by a schema. Throws 400 invalid_params. */
export async function readBody<Schema extends z.ZodType>(
  { request }: ApiCall,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const type = request.headers.get("content-type") ?? "";
  const text = await request.text();
  if (!/^application\/json\b/i.test(type)) throw invalidParams("The Content-Type is not application/json");
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidParams(`The request post info is empty or incorrect: ${issue!.path.join(".")}`);
}

function parseJson(text: string): unknown {
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

import type { Exchange } from "../../kit/exchange.ts";
import type { Kit } from "../../kit/provider.ts";
import type { Account } from "../account.ts";
import { badRequest } from "../google-failure.ts";
import type { GoogleState } from "../state.ts";
import { type JsonObject, parseJsonObject } from "../video/json-fields.ts";

/** One authenticated call of the API. */
export interface ApiCall {
  kit: Kit;
  state: GoogleState;
  account: Account;
  request: Request;
  exchange: Exchange;
  query: URLSearchParams;
}

/** The request's JSON body. Throws 400 for another type or for text that is no JSON object. */
export async function readJsonBody({ request }: ApiCall): Promise<JsonObject> {
  const text = await request.text();
  const type = request.headers.get("content-type") ?? "";
  if (text !== "" && !type.startsWith("application/json")) {
    throw badRequest(
      `Media type '${type}' is not supported. Valid media types: [application/json]`,
      "badContent",
    );
  }
  return parseJsonObject(text);
}

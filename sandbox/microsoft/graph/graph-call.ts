import type { Exchange } from "../../kit/exchange.ts";
import type { Kit } from "../../kit/provider.ts";
import type { Account } from "../account.ts";
import type { Drive } from "../drive/drive.ts";
import type { DriveItem } from "../drive/drive-item.ts";
import { GraphFailure, itemNotFound } from "../graph-failure.ts";
import type { MicrosoftState } from "../state.ts";
import type { ItemAddress } from "./address.ts";

/** One authenticated call about a drive item. */
export interface GraphCall {
  kit: Kit;
  state: MicrosoftState;
  account: Account;
  drive: Drive;
  address: ItemAddress;
  request: Request;
  exchange: Exchange;
  query: URLSearchParams;
}

/** The item a call is about. Throws itemNotFound. */
export function targetOf(call: GraphCall): DriveItem {
  let item = baseOf(call);
  for (const name of call.address.path) {
    const child = call.drive.child(item, name);
    if (child === null) throw itemNotFound();
    item = child;
  }
  return item;
}

/** The item from which the address's path starts. */
export function baseOf(call: GraphCall): DriveItem {
  return call.address.itemId === null ? call.drive.root : call.drive.get(call.address.itemId);
}

/** Parses the body as a JSON object; an empty body is an empty object. Throws a 400. */
export async function readJsonBody(call: Pick<GraphCall, "request">): Promise<Record<string, unknown>> {
  const text = await call.request.text();
  if (text.trim() === "") return {};
  const value = parseJson(text);
  if (value !== null && typeof value === "object" && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw malformedBody();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformedBody();
  }
}

function malformedBody() {
  return new GraphFailure(400, "BadRequest", "Unable to read JSON request payload.");
}

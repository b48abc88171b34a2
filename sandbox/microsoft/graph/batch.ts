import { z } from "zod";
import type { Exchange } from "../../kit/exchange.ts";
import type { Kit } from "../../kit/provider.ts";
import { GraphFailure } from "../graph-failure.ts";

const batchSchema = z.object({
  requests: z.array(z.object({
    id: z.string().min(1),
    method: z.string().min(1),
    url: z.string().startsWith("/"),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.unknown().optional(),
    dependsOn: z.array(z.string()).optional(),
  })).min(1).max(20),
});

type BatchRequest = z.infer<typeof batchSchema>["requests"][number];

interface BatchAnswer {
  id: string;
  status: number;
  headers: Record<string, string>;
  body?: unknown;
}

/** POST /$batch: up to 20 calls, each with its own status; what depends on a failure is 424. */
export async function answerBatch(kit: Kit, request: Request, exchange: Exchange): Promise<Response> {
  const parsed = batchSchema.safeParse(await request.json().catch(() => null));
  if (!parsed.success) throw new GraphFailure(400, "BadRequest", "Invalid batch payload format.");
  const ids = new Set(parsed.data.requests.map((part) => part.id));
  if (ids.size < parsed.data.requests.length) {
    throw new GraphFailure(400, "BadRequest", "Ids must be unique.");
  }
  const answers = new Map<string, BatchAnswer>();
  for (const part of parsed.data.requests) {
    const isBlocked = part.dependsOn?.some((id) => (answers.get(id)?.status ?? 424) >= 400);
    const answer = isBlocked ? failedDependency(part.id) : await answerPart(kit, request, exchange, part);
    answers.set(part.id, answer);
  }
  return Response.json({ responses: [...answers.values()] });
}

async function answerPart(
  kit: Kit,
  outer: Request,
  exchange: Exchange,
  part: BatchRequest,
): Promise<BatchAnswer> {
  const headers = new Headers(part.headers);
  headers.set("authorization", outer.headers.get("authorization") ?? "");
  const method = part.method.toUpperCase();
  const hasBody = part.body !== undefined && method !== "GET";
  const url = `${kit.urls.MICROSOFT_GRAPH_URL}/v1.0${part.url}`;
  const body = hasBody ? JSON.stringify(part.body) : undefined;
  const response = await exchange.dispatch(new Request(url, { method, headers, body }));
  const text = await response.text();
  return {
    id: part.id,
    status: response.status,
    headers: Object.fromEntries(response.headers),
    ...(text === "" ? {} : { body: parseBody(text) }),
  };
}

function failedDependency(id: string): BatchAnswer {
  const error = { code: "FailedDependency", message: "A request this one depends on has failed." };
  return { id, status: 424, headers: { "content-type": "application/json" }, body: { error } };
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

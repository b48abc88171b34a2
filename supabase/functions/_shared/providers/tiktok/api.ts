import type { z } from "zod";
import { ProviderApiError } from "../../core/provider-errors.ts";
import type { ProviderHttp } from "../../core/provider-http.ts";
import { envelopeSchema, PROVIDER, translateTiktokError } from "./error-answer.ts";

export type TiktokApi = ReturnType<typeof createTiktokApi>;

/** Calls of open.tiktokapis.com in its envelope; each throws what `translateTiktokError` makes of a refusal. */
export function createTiktokApi({ apiUrl, http }: { apiUrl: string; http: ProviderHttp }) {
  async function call<Schema extends z.ZodType>(
    schema: Schema,
    path: string,
    init: RequestInit,
  ): Promise<z.infer<Schema>> {
    const answer = await http.send(`${apiUrl}${path}`, init);
    const envelope = envelopeSchema.safeParse(answer.body);
    if (!envelope.success || envelope.data.error.code !== "ok") {
      throw translateTiktokError(answer.response, answer.body);
    }
    const parsed = schema.safeParse(envelope.data.data);
    if (parsed.success) return parsed.data;
    throw new ProviderApiError(PROVIDER, answer.response.status, "unexpected_body", undefined, {
      cause: parsed.error,
    });
  }

  return {
    get: <Schema extends z.ZodType>(schema: Schema, token: string, path: string) =>
      call(schema, path, { headers: { authorization: `Bearer ${token}` } }),

    post: <Schema extends z.ZodType>(schema: Schema, token: string, path: string, body: unknown = {}) =>
      call(schema, path, {
        method: "POST",
        headers: {
          authorization: `Bearer ${token}`,
          "content-type": "application/json; charset=UTF-8",
        },
        body: JSON.stringify(body),
      }),
  };
}

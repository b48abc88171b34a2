import { z } from "zod";
import { apiErrorSchema } from "../contracts/api-error.ts";

const jsonContent = <Schema extends z.ZodType>(schema: Schema) => ({ "application/json": { schema } });

const failure = {
  description: "Refused or failed; the codes are listed in docs/errors.md.",
  content: jsonContent(apiErrorSchema),
};

/** A required JSON request body. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: jsonContent(schema) };
}

/** Answers of a route: 200 with this body, or the error body. */
export function answers<Schema extends z.ZodType>(schema: Schema, description = "Done.") {
  return { 200: { description, content: jsonContent(schema) }, default: failure } as const;
}

/** Answers of a route that may not be ready yet: 200 with `schema`, or 202 with `waitingSchema`. */
export function answersOrWaits<Schema extends z.ZodType, Waiting extends z.ZodType>(
  schema: Schema,
  waitingSchema: Waiting,
) {
  return {
    ...answers(schema),
    202: { description: "Ask again.", content: jsonContent(waitingSchema) },
  } as const;
}

/** Answers of a route without a body. */
export const emptyAnswer = { 204: { description: "Done." }, default: failure } as const;

/** Answer of a scheduled route: accepted, work goes on. */
export const acceptedAnswer = {
  202: { description: "Accepted.", content: jsonContent(z.object({ accepted: z.literal(true) })) },
  default: failure,
} as const;

export const idParamsSchema = z.object({ id: z.uuid() });

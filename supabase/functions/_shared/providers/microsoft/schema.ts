import { z } from "zod";

/** 200 of the token endpoint. `expires_in` is seconds. Access tokens are opaque. */
export const tokenAnswerSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.coerce.number().positive(),
  scope: z.string().optional(),
  id_token: z.string().optional(),
});

/** 4xx of the token endpoint: a flat body, not Graph's envelope. */
export const tokenErrorSchema = z.object({
  error: z.string(),
  error_description: z.string().optional(),
  error_codes: z.array(z.number()).optional().catch(undefined),
});

export const profileSchema = z.object({
  id: z.string().min(1),
  displayName: z.string().nullish(),
  mail: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
});

export const driveSchema = z.object({
  id: z.string().min(1),
  driveType: z.string().nullish(),
  quota: z.object({
    total: z.number().nullish(),
    used: z.number().nullish(),
    remaining: z.number().nullish(),
    state: z.string().nullish(),
  }).nullish(),
});

/** A facet that is there or not. */
const facetSchema = z.object({}).nullish();

export const driveItemSchema = z.object({
  id: z.string().min(1),
  name: z.string().default(""),
  size: z.number().nullish(),
  cTag: z.string().nullish(),
  lastModifiedDateTime: z.string().nullish(),
  parentReference: z.object({
    id: z.string().nullish(),
    driveId: z.string().nullish(),
    path: z.string().nullish(),
  })
    .nullish(),
  // Facets whose presence alone matters: a notebook, somebody else's item, an item that is gone, the top.
  package: facetSchema,
  remoteItem: facetSchema,
  deleted: facetSchema,
  root: facetSchema,
  folder: z.object({ childCount: z.number().nullish() }).nullish(),
  file: z.object({
    mimeType: z.string().nullish(),
    hashes: z.object({ quickXorHash: z.string().nullish() }).nullish(),
  }).nullish(),
  video: z.object({
    duration: z.number().nullish(),
    width: z.number().nullish(),
    height: z.number().nullish(),
  })
    .nullish(),
  "@microsoft.graph.downloadUrl": z.string().nullish(),
});

export const childrenPageSchema = z.object({
  value: z.array(driveItemSchema),
  "@odata.nextLink": z.string().nullish(),
});

/** A page of the change log: more pages behind nextLink, or the end with deltaLink. */
export const changesPageSchema = childrenPageSchema.extend({ "@odata.deltaLink": z.string().nullish() });

/** Answer of $batch: each call has its own status. */
export const batchAnswerSchema = z.object({
  responses: z.array(z.object({
    id: z.string(),
    status: z.number(),
    headers: z.record(z.string(), z.string()).nullish(),
    body: z.unknown().optional(),
  })),
});

export const thumbnailSetsSchema = z.object({
  value: z.array(z.record(z.string(), z.unknown())),
});

/** Answer of createUploadSession and of GET on the upload URL (which leaves `uploadUrl` out). */
export const uploadSessionAnswerSchema = z.object({
  uploadUrl: z.url().optional(),
  expirationDateTime: z.string().refine((text) => !Number.isNaN(Date.parse(text)), "is not a date"),
  nextExpectedRanges: z.array(z.string()).nullish(),
});

export type TokenAnswer = z.infer<typeof tokenAnswerSchema>;
export type GraphProfile = z.infer<typeof profileSchema>;
export type GraphDrive = z.infer<typeof driveSchema>;
export type GraphItem = z.infer<typeof driveItemSchema>;
export type ChildrenPage = z.infer<typeof childrenPageSchema>;
export type GraphUploadSession = z.infer<typeof uploadSessionAnswerSchema>;

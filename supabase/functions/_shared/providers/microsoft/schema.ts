import { z } from "zod";

/** 200 of the token endpoint. `expires_in` is seconds. Access tokens are opaque. */
export const tokenAnswerSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.coerce.number().positive(),
  scope: z.string().optional(),
});

/** 4xx of the token endpoint: a flat body, not Graph's envelope. */
export const tokenErrorSchema = z.object({ error: z.string(), error_description: z.string().optional() });

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

export const driveItemSchema = z.object({
  id: z.string().min(1),
  name: z.string().default(""),
  size: z.number().nullish(),
  parentReference: z.object({
    id: z.string().nullish(),
    driveId: z.string().nullish(),
    path: z.string().nullish(),
  })
    .nullish(),
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

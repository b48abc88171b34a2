interface StorageErrorOptions {
  /** Status inside the body, which says what happened. */
  readonly statusCode: number;
  /** Stable code, e.g. NoSuchKey. */
  readonly code: string;
  readonly message: string;
  /** Older name of the error; the code when there is none. */
  readonly error?: string;
  /** Status of the HTTP response: 400 for nearly everything, as hosted. */
  readonly httpStatus?: number;
  readonly cause?: unknown;
}

/** A refusal in Supabase Storage's form. Codes and sentences are those of the hosted service. */
export class StorageError extends Error {
  readonly statusCode: number;
  readonly code: string;
  readonly error: string;
  readonly httpStatus: number;

  constructor(options: StorageErrorOptions) {
    super(options.message, { cause: options.cause });
    this.name = "StorageError";
    this.statusCode = options.statusCode;
    this.code = options.code;
    this.error = options.error ?? options.code;
    this.httpStatus = options.httpStatus ?? (options.statusCode === 500 ? 500 : 400);
  }

  /** Body of the response. */
  toBody(): { statusCode: string; error: string; message: string; code: string } {
    return {
      statusCode: String(this.statusCode),
      error: this.error,
      message: this.message,
      code: this.code,
    };
  }
}

/** Makes the refusals the routes throw. */
export const refusals = {
  noSuchBucket: () =>
    new StorageError({
      statusCode: 404,
      code: "NoSuchBucket",
      error: "Bucket not found",
      message: "Bucket not found",
    }),
  noSuchKey: () =>
    new StorageError({ statusCode: 404, code: "NoSuchKey", error: "not_found", message: "Object not found" }),
  accessDenied: (message: string, cause?: unknown) =>
    new StorageError({ statusCode: 403, code: "AccessDenied", error: "Unauthorized", message, cause }),
  invalidJwt: (message: string) => new StorageError({ statusCode: 400, code: "InvalidJWT", message }),
  invalidSignature: (message = "Invalid signature") =>
    new StorageError({ statusCode: 400, code: "InvalidSignature", message }),
  invalidKey: (key: string) =>
    new StorageError({ statusCode: 400, code: "InvalidKey", message: `Invalid key: ${key}` }),
  invalidBucketName: () =>
    new StorageError({
      statusCode: 400,
      code: "InvalidBucketName",
      error: "Invalid Input",
      message: "Bucket name invalid",
    }),
  alreadyExists: (code: "KeyAlreadyExists" | "BucketAlreadyExists" | "ResourceAlreadyExists") =>
    new StorageError({ statusCode: 409, code, error: "Duplicate", message: "The resource already exists" }),
  bucketNotEmpty: () =>
    new StorageError({
      statusCode: 409,
      code: "ResourceNotEmpty",
      message: "The bucket you tried to delete is not empty",
    }),
  tooLarge: (entity = "object") =>
    new StorageError({
      statusCode: 413,
      code: "EntityTooLarge",
      error: "Payload too large",
      message: `The ${entity} exceeded the maximum allowed size`,
    }),
  invalidMimeType: (type: string) =>
    new StorageError({
      statusCode: 415,
      code: "InvalidMimeType",
      error: "invalid_mime_type",
      message: `mime type ${type} is not supported`,
    }),
  invalidRange: () =>
    new StorageError({
      statusCode: 416,
      code: "InvalidRange",
      error: "invalid_range",
      message: "invalid range provided",
      httpStatus: 416,
    }),
  invalidFileSize: () =>
    new StorageError({
      statusCode: 400,
      code: "InvalidRequest",
      message: "Invalid file size format, hint: use 20GB / 20MB / 30KB / 3B",
    }),
  noContent: (message = "No content provided") =>
    new StorageError({ statusCode: 400, code: "InvalidRequest", message }),
  invalidRequest: (message: string) =>
    new StorageError({ statusCode: 400, code: "InvalidRequest", error: "Error", message }),
  featureNotEnabled: () =>
    new StorageError({
      statusCode: 403,
      code: "FeatureNotEnabled",
      message: "feature not enabled for this tenant",
      httpStatus: 403,
    }),
};

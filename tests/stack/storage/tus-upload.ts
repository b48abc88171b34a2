import { Buffer } from "node:buffer";
import { Upload } from "tus-js-client";
import type { DetailedError, UploadOptions } from "tus-js-client";

export const PART_BYTES = 6 * 1024 * 1024;

export interface TusOutcome {
  /** Null when the upload went through. */
  readonly error: { readonly status: number | null; readonly message: string } | null;
  readonly url: string | null;
}

export interface TusTarget {
  readonly endpoint: string;
  readonly bucket: string;
  readonly name: string;
  readonly headers: Record<string, string>;
}

/** Options for tus-js-client as Supabase's documentation gives them. */
export function describeUpload(target: TusTarget, options: Partial<UploadOptions> = {}): UploadOptions {
  return {
    endpoint: target.endpoint,
    retryDelays: null,
    headers: target.headers,
    chunkSize: PART_BYTES,
    removeFingerprintOnSuccess: true,
    ...options,
    metadata: {
      bucketName: target.bucket,
      objectName: target.name,
      contentType: "video/mp4",
      cacheControl: "120",
      ...options.metadata,
    },
  };
}

/** Sends bytes with tus-js-client until it succeeds or gives up. */
export function uploadByTus(
  bytes: Uint8Array,
  target: TusTarget,
  options: Partial<UploadOptions> = {},
): Promise<TusOutcome> {
  return new Promise((resolve) => {
    const upload: Upload = new Upload(Buffer.from(bytes), {
      ...describeUpload(target, options),
      onSuccess: () => resolve({ error: null, url: upload.url }),
      onError: (error) => {
        const response = (error as DetailedError).originalResponse;
        resolve({
          error: { status: response?.getStatus() ?? null, message: response?.getBody() || error.message },
          url: upload.url,
        });
      },
    });
    upload.start();
  });
}

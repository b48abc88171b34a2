import { createContext, useContext } from "react";
import type { Uploader, UploadState } from "../uploader/create-uploader.ts";

export interface Uploads {
  uploads: readonly UploadState[];
  /** Starts uploading; `productId` null leaves the videos without a product. */
  addFiles(files: readonly File[], productId: string | null): void;
  uploader: Uploader;
}

export const UploadsContext = createContext<Uploads | null>(null);

/** The uploads of this tab; inside UploadsProvider. */
export function useUploads(): Uploads {
  const uploads = useContext(UploadsContext);
  if (!uploads) throw new Error("useUploads needs an UploadsProvider above it.");
  return uploads;
}

import { createContext, useContext } from "react";
import type { Upload, Uploader } from "../api/uploader-client.ts";

export interface Uploads {
  uploads: readonly Upload[];
  /** Starts uploading; `productId` null leaves the videos without a product. */
  addFiles(files: readonly File[], productId: string | null): void;
  /** Goes on with an upload whose file this tab does not have. */
  attachFile(id: string, file: File): void;
  uploader: Uploader;
}

export const UploadsContext = createContext<Uploads | null>(null);

/** The uploads of this tab; inside UploadsProvider. */
export function useUploads(): Uploads {
  const uploads = useContext(UploadsContext);
  if (!uploads) throw new Error("useUploads needs an UploadsProvider above it.");
  return uploads;
}

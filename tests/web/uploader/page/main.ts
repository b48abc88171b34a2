import { createUploadApi } from "../../../../web/src/features/uploads/uploader/create-upload-api.ts";
import {
  createUploader,
  type Uploader,
} from "../../../../web/src/features/uploads/uploader/create-uploader.ts";

export interface PageOptions {
  functionsUrl: string;
  publishableKey: string;
  token: string;
  timings?: Parameters<typeof createUploader>[0]["timings"];
}

declare global {
  /** What tests drive: the uploader of this tab and the files picked by its input. */
  var uploader: Uploader;
  var startUploader: (options: PageOptions) => void;
  var pickedFiles: () => File[];
  /** The plain way, to compare with: one request, the same file, no fragments, no hash. */
  var putWhole: (url: string) => Promise<void>;
}

globalThis.startUploader = ({ functionsUrl, publishableKey, token, timings }) => {
  const api = createUploadApi({
    functionsUrl,
    publishableKey,
    getAccessToken: () => Promise.resolve(token),
  });
  globalThis.uploader = createUploader({ api, timings });
};

globalThis.pickedFiles = () => [...document.querySelector("input")!.files!];

globalThis.putWhole = async (url) => {
  const response = await fetch(url, { method: "PUT", body: pickedFiles()[0] });
  if (!response.ok) throw new Error(`PUT answered ${response.status}`);
};

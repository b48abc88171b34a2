import { FileUpload, LargeFileUploadTask } from "@microsoft/microsoft-graph-client";
import { createUploadApi } from "../../../web/src/features/uploads/uploader/create-upload-api.ts";
import {
  createUploader,
  type UploadState,
} from "../../../web/src/features/uploads/uploader/create-uploader.ts";
import { createGraphClient } from "./graph-client.ts";

export interface PageOptions {
  functionsUrl: string;
  publishableKey: string;
  token: string;
}

/** Milliseconds since the upload was asked for. */
export interface UploadTimes {
  /** The last byte is in OneDrive. */
  sentMs: number;
  /** Both sides have compared the hash and the video exists. */
  completeMs: number;
  videoId: string;
}

/** The three ways to send the file that was picked. */
export interface UploadBench {
  uploadOurs(): Promise<UploadTimes>;
  /** One request, no fragments, no hash here; resolves to the quickXorHash that the host computed. */
  putWhole(url: string): Promise<string>;
  /** Microsoft's own client, on a session that exists already. */
  uploadWithGraphClient(uploadUrl: string, fragmentBytes: number): Promise<void>;
}

declare global {
  var startBench: (options: PageOptions) => void;
  var bench: UploadBench;
}

const pickedFile = () => document.querySelector("input")!.files![0]!;

globalThis.startBench = ({ functionsUrl, publishableKey, token }) => {
  const api = createUploadApi({ functionsUrl, publishableKey, getAccessToken: () => Promise.resolve(token) });
  const uploader = createUploader({ api });
  globalThis.bench = {
    uploadOurs() {
      const startedAt = performance.now();
      let sentMs = 0;
      const id = uploader.add(pickedFile());
      return new Promise((resolve, reject) => {
        const leave = uploader.subscribe(() => {
          const state: UploadState = uploader.getSnapshot().find((upload) => upload.id === id)!;
          const elapsed = performance.now() - startedAt;
          if (state.status === "verifying") sentMs ||= elapsed;
          if (state.status !== "complete" && state.status !== "failed") return;
          leave();
          if (state.status === "failed") reject(new Error(state.error!.message));
          else resolve({ sentMs: sentMs || elapsed, completeMs: elapsed, videoId: state.video!.id });
        });
      });
    },
    async putWhole(url) {
      const response = await fetch(url, { method: "PUT", body: pickedFile() });
      if (!response.ok) throw new Error(`PUT answered ${response.status}.`);
      return (await response.json()).quickxor;
    },
    async uploadWithGraphClient(uploadUrl, fragmentBytes) {
      const file = pickedFile();
      const session = {
        url: uploadUrl.replace(/^http:/, "https:"),
        expiry: new Date(Date.now() + 3_600_000),
        isCancelled: false,
      };
      const upload = new FileUpload(file, file.name, file.size);
      await new LargeFileUploadTask(createGraphClient(), upload, session, { rangeSize: fragmentBytes })
        .upload();
    },
  };
};

import { useMutation } from "@tanstack/react-query";
import { ApiFailure } from "../../../lib/api-failure.ts";
import { openFunction } from "../../../lib/call-function.ts";

/** How the document ends; one that ends otherwise was cut off on the way. */
const END = '"complete":true}';
const END_BYTES = 64;

/** Fetches everything the user owns and saves it as a file. */
async function downloadExport(): Promise<void> {
  const response = await openFunction("account/export", { method: "POST" });
  const file = await response.blob().catch(() => null);
  const end = await file?.slice(-END_BYTES).text();
  if (!file || !end?.trimEnd().endsWith(END)) {
    throw new ApiFailure("export_incomplete", "The file did not arrive whole. Try again.", 0);
  }
  save(file, `cliprelay-export-${new Date().toISOString().slice(0, 10)}.json`);
}

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the bytes once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export const useDownloadExport = () => useMutation({ mutationFn: downloadExport, meta: { quiet: true } });

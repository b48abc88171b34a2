import { Download } from "lucide-react";
import { toast } from "sonner";
import { Button } from "../../../components/ui/button.tsx";
import { Card } from "../../../components/ui/card.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { useDownloadExport } from "../api/download-export.ts";

/** Everything the user owns, as a file. */
export function ExportCard() {
  const download = useDownloadExport();
  return (
    <Card className="px-5 py-5">
      <div className="flex items-center justify-between gap-6 max-sm:flex-col max-sm:items-stretch">
        <div className="min-w-0">
          <p className="text-ink-soft">
            Products, videos, tasks, correlations, settings and history in one JSON file, with links to stored
            pictures that work for 24 hours. Your video files are in your OneDrive.
          </p>
        </div>
        <Button
          isBusy={download.isPending}
          onClick={() => download.mutate(undefined, { onSuccess: () => toast.success("Your data is saved") })}
        >
          {!download.isPending && <Download aria-hidden />}
          {download.isPending ? "Collecting…" : "Download"}
        </Button>
      </div>
      {download.error && (
        <div className="mt-4">
          <Notice tone="danger" isUrgent>{download.error.message}</Notice>
        </div>
      )}
    </Card>
  );
}

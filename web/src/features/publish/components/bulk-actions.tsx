import { RotateCcw, Undo2 } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import type { Bulk } from "../../../../../supabase/functions/_shared/contracts/publish-bulk.ts";
import { Button } from "../../../components/ui/button.tsx";
import { ConfirmDialog } from "../../../components/ui/confirm-dialog.tsx";
import { count } from "../../../lib/count.ts";
import type { useChangeBulk } from "../api/change-bulk.ts";
import { countBulk, describeUndone } from "../rules/describe-bulk.ts";

/** What can be done with a bulk as a whole. */
export function BulkActions({ bulk, change }: { bulk: Bulk; change: ReturnType<typeof useChangeBulk> }) {
  const [isAsking, setAsking] = useState(false);
  const { waiting, published } = countBulk(bulk);
  const failed = bulk.videos.failed + bulk.platforms.reduce((sum, each) => sum + each.failed, 0);
  const pending = change.isPending ? change.variables?.kind : null;
  const undo = () =>
    change.mutate({ kind: "cancel", bulkId: bulk.id }, {
      onSuccess: ({ undone }) => {
        setAsking(false);
        toast.success("Undone", { description: undone && describeUndone(undone) });
      },
      onError: () => setAsking(false),
    });
  return (
    <>
      {failed > 0 && bulk.status !== "canceled" && (
        <Button
          look="primary"
          isBusy={pending === "retry"}
          onClick={() =>
            change.mutate({ kind: "retry", bulkId: bulk.id }, {
              onSuccess: () => toast.success(`${count(failed, "failure")} tried again`),
            })}
        >
          <RotateCcw aria-hidden /> {failed === 1 ? "Try it again" : `Try all ${failed} again`}
        </Button>
      )}
      {waiting > 0 && (
        <Button onClick={() => setAsking(true)}>
          <Undo2 aria-hidden /> Undo
        </Button>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={`Stop ${count(waiting, "post")}?`}
        description={
          <p>
            Everything that has not gone out is stopped. {published > 0
              ? `${count(published, "post")} ${published === 1 ? "is" : "are"} out already and ${
                published === 1 ? "stays" : "stay"
              } there.`
              : "Nothing has gone out yet."}
          </p>
        }
        confirmLabel="Stop them"
        cancelLabel="Keep going"
        isDestructive
        isBusy={pending === "cancel"}
        onConfirm={undo}
      />
    </>
  );
}

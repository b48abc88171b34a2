import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { Video } from "../../../../supabase/functions/_shared/contracts/videos.ts";
import { TemplateMenu } from "../../features/caption-templates/components/template-menu.tsx";
import { connectionsOptions } from "../../features/connections/api/list-connections.ts";
import { profileOptions } from "../../features/profile/api/get-profile.ts";
import { BulkDialog } from "../../features/publish/components/bulk-dialog.tsx";

/** The dialog that publishes many videos; what becomes of them is shown on a page of its own. */
export function PublishVideos({ videos, onClose }: { videos: readonly Video[]; onClose: () => void }) {
  const navigate = useNavigate();
  const failing = { throwOnError: (_e: Error, query: { state: { data: unknown } }) => !query.state.data };
  const { data: accounts } = useQuery({ ...connectionsOptions, ...failing });
  const { data: profile } = useQuery({ ...profileOptions, ...failing });
  if (!accounts || !profile) return null;
  return (
    <BulkDialog
      videos={videos}
      accounts={accounts}
      timeZone={profile.time_zone}
      renderTemplates={(onChoose) => <TemplateMenu onChoose={onChoose} />}
      onSent={(bulkId) => {
        onClose();
        void navigate({ to: "/bulks/$bulkId", params: { bulkId } });
      }}
      onClose={onClose}
    />
  );
}

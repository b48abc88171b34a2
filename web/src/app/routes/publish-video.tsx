import { useQuery } from "@tanstack/react-query";
import type { Video } from "../../../../supabase/functions/_shared/contracts/videos.ts";
import { TemplateMenu } from "../../features/caption-templates/components/template-menu.tsx";
import { fillTemplate } from "../../features/caption-templates/rules/fill-template.ts";
import { connectionsOptions } from "../../features/connections/api/list-connections.ts";
import { profileOptions } from "../../features/profile/api/get-profile.ts";
import { captionFactsOptions } from "../../features/publish/api/caption-facts.ts";
import { PublishDialog } from "../../features/publish/components/publish-dialog.tsx";
import { ReconnectButton } from "./reconnect-button.tsx";

interface PublishVideoProps {
  video: Video;
  /** What YouTube's title starts with; the file's name when absent. */
  title?: string | null;
  onClose: () => void;
}

/** The publish dialog with the user's accounts and time zone. */
export function PublishVideo({ video, title, onClose }: PublishVideoProps) {
  const failing = { throwOnError: (_e: Error, query: { state: { data: unknown } }) => !query.state.data };
  const { data: accounts } = useQuery({ ...connectionsOptions, ...failing });
  const { data: profile } = useQuery({ ...profileOptions, ...failing });
  const { data: facts } = useQuery(captionFactsOptions(video));
  if (!accounts || !profile) return null;
  return (
    <PublishDialog
      video={video}
      title={title || video.filename.replace(/\.\w{2,4}$/, "")}
      accounts={accounts}
      timeZone={profile.time_zone}
      renderReconnect={(waiting) => <ReconnectButton {...waiting} />}
      renderTemplates={(onChoose) => (
        <TemplateMenu
          onChoose={(template) =>
            onChoose(fillTemplate(template, facts ?? { filename: video.filename, product: null }))}
        />
      )}
      onClose={onClose}
    />
  );
}

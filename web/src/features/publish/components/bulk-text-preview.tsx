import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Platform } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import {
  findUnknownPlaceholders,
  renderCaption,
} from "../../../../../supabase/functions/_shared/contracts/render-caption.ts";
import { Notice } from "../../../components/ui/notice.tsx";
import { Segments } from "../../../components/ui/segments.tsx";
import { Select } from "../../../components/ui/select.tsx";
import { count } from "../../../lib/count.ts";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import { type CaptionedVideo, captionFactsOptions } from "../api/caption-facts.ts";
import { parseHashtags } from "../rules/compose-text.ts";
import type { PostDraft } from "../rules/post-draft.ts";

interface BulkTextPreviewProps {
  videos: readonly CaptionedVideo[];
  platforms: readonly Platform[];
  draft: PostDraft;
}

/** How the text reads for one of the videos, with its placeholders filled in. */
export function BulkTextPreview({ videos, platforms, draft }: BulkTextPreviewProps) {
  const [videoId, setVideoId] = useState(videos[0]!.id);
  const [chosen, setChosen] = useState<Platform | null>(null);
  const video = videos.find(({ id }) => id === videoId) ?? videos[0]!;
  const platform = chosen && platforms.includes(chosen) ? chosen : platforms[0];
  const { data: facts } = useQuery(captionFactsOptions(video));
  if (!platform) return null;
  const typed = draft.ownTexts[platform] ?? draft;
  const all = [draft, ...Object.values(draft.ownTexts)].map(({ caption }) => caption).join(" ");
  const unknown = findUnknownPlaceholders(all);
  const withoutProduct = videos.filter(({ product_id }) => product_id === null).length;
  const text = facts &&
    renderCaption({ caption: typed.caption, hashtags: parseHashtags(typed.hashtags) }, facts, platform);
  return (
    <figure className="grid gap-3 rounded-xl bg-paper p-4 ring-1 ring-line ring-inset">
      <figcaption className="flex flex-wrap items-center gap-2">
        <span className="text-xs text-ink-soft">How it reads for</span>
        <Select
          aria-label="Video of the preview"
          className="max-w-56 grow"
          value={video.id}
          onChange={(event) => setVideoId(event.target.value)}
        >
          {videos.map(({ id, filename }) => <option key={id} value={id}>{filename}</option>)}
        </Select>
        {platforms.length > 1 && (
          <Segments
            label="Platform of the preview"
            value={platform}
            onChange={setChosen}
            options={platforms.map((each) => ({ value: each, label: PLATFORM_NAMES[each] }))}
          />
        )}
      </figcaption>
      <div className="break-words">
        <p className="whitespace-pre-wrap">
          {text?.caption || <span className="text-ink-faint">{text ? "No caption" : "…"}</span>}
        </p>
        {text && text.hashtags.length > 0 && (
          <p className="mt-1.5 text-link">{text.hashtags.map((tag) => `#${tag}`).join(" ")}</p>
        )}
      </div>
      {unknown.length > 0 && (
        <Notice tone="warning">
          Nothing stands for {unknown.map((name) => `{${name}}`).join(", ")}: it goes out as it is.
        </Notice>
      )}
      {withoutProduct > 0 && /\{(brand|asin|price|link)\}/.test(all) && (
        <Notice tone="info">
          {count(withoutProduct, "video")} {withoutProduct === 1 ? "belongs" : "belong"}{" "}
          to no product: what is said of the product is left out there.
        </Notice>
      )}
    </figure>
  );
}

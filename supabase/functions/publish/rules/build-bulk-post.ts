import { type CreatePostRequest, type TargetRequest } from "../../_shared/contracts/publish.ts";
import {
  type CaptionFacts,
  type CaptionText,
  renderCaption,
  renderTitle,
} from "../../_shared/contracts/render-caption.ts";

/** Longest titles; a platform without one has none. Rules: YouTube Data API; Graph API, Page Video Reels. */
const TITLE_MAX: Record<string, number> = { youtube: 100, facebook: 255 };

/** Texts and options of a bulk, with placeholders, and where its videos go. */
export interface BulkTexts {
  caption: string;
  hashtags: readonly string[];
  targets: readonly TargetRequest[];
}

/**
 * The request for the post of one video of a bulk: placeholders filled in, each platform's text within its limits. The
 * first target's text is the post's; others have one of their own where it differs. When it goes out is decided where
 * the post is created.
 */
export function buildBulkPost(texts: BulkTexts, videoId: string, facts: CaptionFacts): CreatePostRequest {
  const rendered = texts.targets.map((target) =>
    renderCaption(
      { caption: target.caption ?? texts.caption, hashtags: target.hashtags ?? texts.hashtags },
      facts,
      target.platform,
    )
  );
  const [first] = rendered;
  return {
    video_id: videoId,
    ...toFields(first!),
    targets: texts.targets.map(({ caption: _, hashtags: __, ...target }, index) => {
      const own = rendered[index]!;
      const options = target.options && renderOptions(target.platform, target.options, facts);
      return {
        ...target,
        ...(!isSameText(own, first!) && toFields(own)),
        ...(options && { options }),
      } as TargetRequest;
    }),
  };
}

const toFields = ({ caption, hashtags }: CaptionText) => ({ caption, hashtags: [...hashtags] });

const isSameText = (one: CaptionText, other: CaptionText) =>
  one.caption === other.caption && one.hashtags.join() === other.hashtags.join();

function renderOptions(platform: string, options: object, facts: CaptionFacts): object {
  const { title, first_comment, ...others } = options as { title?: string; first_comment?: string };
  const max = TITLE_MAX[platform];
  return {
    ...others,
    ...textOf("title", title && (max === undefined ? title : renderTitle(title, facts, max))),
    ...textOf("first_comment", first_comment && renderComment(first_comment, facts)),
  };
}

/** What became empty is left out: an option is there or not. */
const textOf = (name: string, text: string | undefined) => (text ? { [name]: text } : {});

const renderComment = (text: string, facts: CaptionFacts): string =>
  renderCaption({ caption: text, hashtags: [] }, facts, "instagram").caption;

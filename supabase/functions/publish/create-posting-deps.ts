import { systemSleep } from "../_shared/core/clock.ts";
import type { MicrosoftEnv, PlatformEnv, SocialEnv, TranscoderEnv } from "../_shared/core/env.ts";
import { writeLogLine } from "../_shared/core/log.ts";
import { createAwaitedLinks } from "../_shared/db/awaited-links.ts";
import { createCovers } from "../_shared/db/covers.ts";
import { createObjectRanges } from "../_shared/db/object-ranges.ts";
import { createObjectUploads } from "../_shared/db/object-uploads.ts";
import { createPosts } from "../_shared/db/posts.ts";
import { createReadInstagramUpload } from "../_shared/db/instagram-upload.ts";
import { createFollowUpJobs } from "../_shared/db/publish-follow-ups.ts";
import { createPublishBulks } from "../_shared/db/publish-bulks.ts";
import { createPublishJobs } from "../_shared/db/publish-jobs.ts";
import { createPublishTargets } from "../_shared/db/publish-targets.ts";
import { createStagedCopies } from "../_shared/db/staged-copies.ts";
import { createVideoFormats } from "../_shared/db/video-formats.ts";
import { createVideoVariants } from "../_shared/db/video-variants.ts";
import { createBlotatoPostsClient } from "../_shared/providers/blotato/posts-client.ts";
import { createFacebookCoverClient } from "../_shared/providers/facebook/cover-client.ts";
import { createFacebookReelClient } from "../_shared/providers/facebook/reel-client.ts";
import { createInstagramPublishClient } from "../_shared/providers/instagram/publish-client.ts";
import { createMetaUploadClient } from "../_shared/providers/facebook/upload-client.ts";
import { createOpenRange } from "../_shared/providers/microsoft/open-range.ts";
import { createReadRange } from "../_shared/providers/microsoft/read-range.ts";
import { createRequestRange } from "../_shared/providers/microsoft/request-range.ts";
import {
  createTiktokClients,
  type TiktokClients,
} from "../_shared/providers/tiktok/create-tiktok-clients.ts";
import { createYoutubeStatusClient } from "../_shared/providers/youtube/status-client.ts";
import { createTranscoderClient } from "../_shared/providers/transcoder/client.ts";
import { createYoutubeThumbnailClient } from "../_shared/providers/youtube/thumbnail-client.ts";
import { createYoutubeUploadClient } from "../_shared/providers/youtube/upload-client.ts";
import type { createMicrosoftDeps, DepsOverrides } from "../_shared/wiring/create-microsoft-deps.ts";
import { probeVideo } from "./media/probe-video.ts";
import { createFacebookAdapter } from "./platforms/facebook/facebook-adapter.ts";
import { createInstagramAdapter } from "./platforms/instagram/instagram-adapter.ts";
import { listAdapters } from "./rules/choose-adapter.ts";
import type { PlatformAdapter } from "./platforms/platform-adapter.ts";
import { createBlotatoAdapter } from "./platforms/tiktok-blotato/blotato-adapter.ts";
import { describeObstacle } from "./platforms/tiktok/describe-obstacle.ts";
import { createTiktokAdapter } from "./platforms/tiktok/tiktok-adapter.ts";
import { createYoutubeAdapter } from "./platforms/youtube/youtube-adapter.ts";

type PublishEnv = PlatformEnv & MicrosoftEnv & SocialEnv & TranscoderEnv;

/** The part of the function between a row and a post, on top of what connecting accounts needs. */
export function createPostingDeps(
  env: PublishEnv,
  microsoft: ReturnType<typeof createMicrosoftDeps>,
  overrides: DepsOverrides = {},
) {
  const { clients, sink, access: drive, library, videos } = microsoft;
  const tiktok = createTiktokClients(env, overrides.fetch);
  const readWay = createReadInstagramUpload(clients.admin);
  const adapters = createAdapters(env, tiktok, readWay, overrides.fetch);
  const requestRange = createRequestRange({
    fetch: overrides.fetch,
    allowOrigins: env.OUTBOUND_ALLOW_ORIGINS,
  });
  const readRange = createReadRange(requestRange);
  return {
    sleep: systemSleep,
    logError: (about: Record<string, unknown>, error: unknown) =>
      writeLogLine(sink, { domain: "publish", outcome: "error", ...about, error }),
    posts: createPosts(clients),
    bulks: createPublishBulks(clients),
    videos,
    jobs: createPublishJobs(clients.admin),
    targets: createPublishTargets(clients.admin),
    links: createAwaitedLinks(clients.admin),
    followUps: createFollowUpJobs(clients.admin),
    covers: createCovers(clients.admin, env.PUBLIC_API_URL),
    stagedCopies: createStagedCopies(clients.admin, env.PUBLIC_API_URL),
    objectUploads: createObjectUploads(env, overrides.fetch),
    objectRanges: createObjectRanges(env, overrides.fetch),
    formats: createVideoFormats(clients.admin),
    variants: createVideoVariants(clients.admin),
    probe: probeVideo,
    transcoder: createTranscoder(env, overrides.fetch),
    drive,
    library,
    readRange,
    openRange: createOpenRange(requestRange, readRange),
    creators: tiktok.creators,
    describeObstacle,
    adapters: listAdapters(adapters),
  };
}

/** Null where none is set up: posts whose video does not fit then wait for their user. */
function createTranscoder(env: PublishEnv, fetch: DepsOverrides["fetch"]) {
  const { TRANSCODER_URL: url, TRANSCODER_KEY: key, OUTBOUND_ALLOW_ORIGINS: allowOrigins } = env;
  return url === undefined ? null : createTranscoderClient({ url, key, allowOrigins, fetch });
}

function createAdapters(
  env: PublishEnv,
  tiktok: TiktokClients,
  readWay: () => Promise<string>,
  fetch: DepsOverrides["fetch"],
): PlatformAdapter[] {
  const version = env.META_GRAPH_VERSION;
  const uploadUrl = env.META_UPLOAD_URL;
  const instagram = {
    facebook_login: createInstagramPublishClient({ base: `${env.META_GRAPH_URL}/${version}`, fetch }),
    instagram_login: createInstagramPublishClient({ base: `${env.INSTAGRAM_GRAPH_URL}/${version}`, fetch }),
  };
  const youtube = createYoutubeUploadClient({ uploadUrl: env.YOUTUBE_UPLOAD_URL, fetch });
  return [
    createYoutubeAdapter({
      client: youtube,
      status: createYoutubeStatusClient({ apiUrl: env.YOUTUBE_API_URL, fetch }),
      thumbnails: createYoutubeThumbnailClient({ uploadUrl: env.YOUTUBE_UPLOAD_URL, fetch }),
      siteUrl: env.YOUTUBE_SITE_URL,
    }),
    createInstagramAdapter((route) => instagram[route as keyof typeof instagram], {
      uploads: createMetaUploadClient({
        uploadUrl,
        version,
        kind: "ig-api-upload",
        provider: "instagram",
        fetch,
      }),
      readWay,
    }),
    createFacebookAdapter({
      client: createFacebookReelClient({ base: `${env.META_GRAPH_URL}/${version}`, fetch }),
      covers: createFacebookCoverClient({ base: `${env.META_GRAPH_URL}/${version}`, fetch }),
      uploads: createMetaUploadClient({
        uploadUrl,
        version,
        kind: "video-upload",
        provider: "facebook",
        fetch,
      }),
      siteUrl: env.FACEBOOK_SITE_URL,
    }),
    createTiktokAdapter({ ...tiktok, siteUrl: env.TIKTOK_SITE_URL }),
    createBlotatoAdapter(createBlotatoPostsClient({ url: env.BLOTATO_URL, fetch })),
  ];
}

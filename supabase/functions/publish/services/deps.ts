import type { RunInBackground } from "../../_shared/core/background.ts";
import type { Clock, Sleep } from "../../_shared/core/clock.ts";
import type { TokenCipher } from "../../_shared/core/token-cipher.ts";
import type { AwaitedLinks } from "../../_shared/db/awaited-links.ts";
import type { Covers } from "../../_shared/db/covers.ts";
import type { OauthConnections } from "../../_shared/db/oauth-connections.ts";
import type { ObjectRanges } from "../../_shared/db/object-ranges.ts";
import type { ObjectUploads } from "../../_shared/db/object-uploads.ts";
import type { Posts } from "../../_shared/db/posts.ts";
import type { ProductVideos } from "../../_shared/db/product-videos.ts";
import type { FollowUpJobs } from "../../_shared/db/publish-follow-ups.ts";
import type { PublishBulks } from "../../_shared/db/publish-bulks.ts";
import type { PublishJobs } from "../../_shared/db/publish-jobs.ts";
import type { PublishTargets } from "../../_shared/db/publish-targets.ts";
import type { TakeRateLimit } from "../../_shared/db/rate-limits.ts";
import type { StagedCopies } from "../../_shared/db/staged-copies.ts";
import type { VideoFormats } from "../../_shared/db/video-formats.ts";
import type { VideoVariants } from "../../_shared/db/video-variants.ts";
import type { MicrosoftAccess } from "../../_shared/providers/microsoft/access.ts";
import type { LibraryClient } from "../../_shared/providers/microsoft/library-client.ts";
import type { OpenRange } from "../../_shared/providers/microsoft/open-range.ts";
import type { ReadRange } from "../../_shared/providers/microsoft/read-range.ts";
import type { AccountAccess } from "../../_shared/providers/oauth/account-access.ts";
import type { TiktokCreatorClient } from "../../_shared/providers/tiktok/creator-client.ts";
import type { TranscoderClient } from "../../_shared/providers/transcoder/client.ts";
import type { ProbeVideo } from "../media/probe-video.ts";
import type { PlatformAdapter } from "../platforms/platform-adapter.ts";

/** Everything that the use cases between a row and a post reach outside of themselves. */
export interface PublishDeps {
  clock: Clock;
  sleep: Sleep;
  background: RunInBackground;
  /** Writes one line about trouble that is ours, redacted. */
  logError: (about: Record<string, unknown>, error: unknown) => void;
  cipher: TokenCipher;
  takeRateLimit: TakeRateLimit;
  posts: Posts;
  connections: OauthConnections;
  videos: Pick<ProductVideos, "findOwn" | "findOwnMany">;
  bulks: PublishBulks;
  jobs: PublishJobs;
  targets: PublishTargets;
  followUps: FollowUpJobs;
  links: AwaitedLinks;
  covers: Covers;
  stagedCopies: StagedCopies;
  objectUploads: ObjectUploads;
  objectRanges: ObjectRanges;
  formats: VideoFormats;
  variants: VideoVariants;
  /** Reads what a file says of itself. */
  probe: ProbeVideo;
  /** Null where no transcoder is set up. */
  transcoder: TranscoderClient | null;
  /** Tokens of publishing accounts. */
  access: AccountAccess;
  /** Tokens of OneDrive. */
  drive: Pick<MicrosoftAccess, "withAccess">;
  library: Pick<LibraryClient, "getPlayable">;
  readRange: ReadRange;
  openRange: OpenRange;
  /** What TikTok accounts may post at the moment. */
  creators: TiktokCreatorClient;
  /** Why one can post nothing right now, for its user; null when the error is about something else. */
  describeObstacle: (error: unknown) => { code: string; message: string } | null;
  /** By `platform`, or `platform/route`; one that is not here cannot be published to. */
  adapters: Readonly<Record<string, PlatformAdapter | undefined>>;
}

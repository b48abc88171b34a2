import type { RunInBackground } from "../../_shared/core/background.ts";
import type { Clock } from "../../_shared/core/clock.ts";
import type { TokenCipher } from "../../_shared/core/token-cipher.ts";
import type { OauthStates } from "../../_shared/db/oauth-states.ts";
import type { OnedriveConnections } from "../../_shared/db/onedrive-connections.ts";
import type { OnedriveItems } from "../../_shared/db/onedrive-items.ts";
import type { OnedriveTokens } from "../../_shared/db/onedrive-tokens.ts";
import type { OnedriveUploads } from "../../_shared/db/onedrive-uploads.ts";
import type { OnedriveWatches } from "../../_shared/db/onedrive-watches.ts";
import type { ProductVideos } from "../../_shared/db/product-videos.ts";
import type { Products } from "../../_shared/db/products.ts";
import type { ReleasedUploadUrls } from "../../_shared/db/released-upload-urls.ts";
import type { TakeRateLimit } from "../../_shared/db/rate-limits.ts";
import type { MicrosoftAccess } from "../../_shared/providers/microsoft/access.ts";
import type { ChangeLog } from "../../_shared/providers/microsoft/change-log.ts";
import type { GraphClient } from "../../_shared/providers/microsoft/client.ts";
import type { LibraryClient } from "../../_shared/providers/microsoft/library-client.ts";
import type { CommitTarget, CommittedUpload } from "../../_shared/providers/microsoft/commit-upload.ts";
import type { MicrosoftLoginClient } from "../../_shared/providers/microsoft/login-client.ts";
import type { GetThumbnails } from "../../_shared/providers/microsoft/thumbnails.ts";
import type { UploadUrlClient } from "../../_shared/providers/microsoft/upload-url-client.ts";

export const PROVIDER = "onedrive";

/** Everything the use cases of this function reach outside of themselves. */
export interface OnedriveDeps {
  clock: Clock;
  background: RunInBackground;
  cipher: TokenCipher;
  login: MicrosoftLoginClient;
  graph: GraphClient;
  library: LibraryClient;
  getThumbnails: GetThumbnails;
  changeLog: ChangeLog;
  uploadUrls: UploadUrlClient;
  access: MicrosoftAccess;
  states: OauthStates;
  connections: OnedriveConnections;
  tokens: OnedriveTokens;
  uploads: OnedriveUploads;
  releasedUrls: ReleasedUploadUrls;
  commitUpload: (token: string, target: CommitTarget) => Promise<CommittedUpload>;
  products: Products;
  takeRateLimit: TakeRateLimit;
  items: OnedriveItems;
  watches: OnedriveWatches;
  videos: Pick<ProductVideos, "findOwn" | "findOwnMany">;
}

/** The person a use case works for. */
export interface Caller {
  id: string;
  token: string;
}

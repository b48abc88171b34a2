import type { RunInBackground } from "../../_shared/core/background.ts";
import type { Clock, Sleep } from "../../_shared/core/clock.ts";
import type { TokenCipher } from "../../_shared/core/token-cipher.ts";
import type { AccountData } from "../../_shared/db/account-data.ts";
import type { AccountDeletions } from "../../_shared/db/account-deletions.ts";
import type { AccountObjects } from "../../_shared/db/account-objects.ts";
import type { AuthUsers } from "../../_shared/db/auth-users.ts";
import type { MailOutbox } from "../../_shared/db/mail-outbox.ts";
import type { TakeRateLimit } from "../../_shared/db/rate-limits.ts";
import type { AccountAccess } from "../../_shared/providers/oauth/account-access.ts";
import type { UploadUrlClient } from "../../_shared/providers/microsoft/upload-url-client.ts";
import type { ResendClient } from "../../_shared/providers/resend/client.ts";

/** Everything the use cases of this function reach outside of themselves. */
export interface AccountDeps {
  clock: Clock;
  background: RunInBackground;
  cipher: TokenCipher;
  uploadUrls: Pick<UploadUrlClient, "cancel">;
  /** Permissions at publishing platforms. */
  access: Pick<AccountAccess, "revoke">;
  sleep: Sleep;
  /** Writes one line about trouble, redacted. */
  logError: (about: Record<string, unknown>, error: unknown) => void;
  users: AuthUsers;
  deletions: AccountDeletions;
  objects: AccountObjects;
  data: AccountData;
  takeRateLimit: TakeRateLimit;
  mails: MailOutbox;
  /** Null where no mail service is set up: users are told in the app alone. */
  mailer: ResendClient | null;
  /** Address of the web app, where links in mails lead. */
  webUrl: string;
}

/** The person a use case works for. */
export interface Caller {
  id: string;
  token: string;
}

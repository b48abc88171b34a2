import assert from "node:assert/strict";
import { SourceGone } from "../../../supabase/functions/_shared/core/publish-errors.ts";
import type { PublishJob } from "../../../supabase/functions/_shared/db/publish-jobs.ts";
import type { PublishTarget } from "../../../supabase/functions/_shared/db/publish-targets.ts";
import type { PublishDeps } from "../../../supabase/functions/publish/services/deps.ts";
import { openFile } from "../../../supabase/functions/publish/services/format/open-file.ts";

Deno.test("a post whose video was removed ends before anything of a platform's limits is spent", async () => {
  const job = { step: "prepare", userId: crypto.randomUUID(), checkpoint: {} } as PublishJob;
  const target = { platform: "youtube", video: null } as PublishTarget;
  const opening = openFile({} as PublishDeps, job, target, { byteBudget: 0 }, () => {});
  await assert.rejects(opening, SourceGone);
});

import assert from "node:assert/strict";
import { eventually } from "../../support/eventually.ts";
import type { FaultRun, Outcome } from "./fault-run.ts";
import type { Scenario } from "./scenario.ts";

export interface Verdict {
  /** Files or sessions in OneDrive that no row of ours knows. */
  readonly orphans: number;
  /** Rows that wait for something that does not come, and leases of uploads that are over. */
  readonly stuck: number;
  /** Empty sessions whose address OneDrive never managed to tell. */
  readonly unheard: number;
}

interface Traces {
  readonly videos: number;
  readonly openRows: number;
  readonly leases: number;
  readonly addresses: number;
}

/**
 * Compares what a run left behind with its outcome. Whole: one file, equal by size and quickXorHash, and one video.
 * Refused: neither, and a code with a sentence. Throws when that is not so; leftovers are counted.
 */
export async function judgeRun(run: FaultRun, scenario: Scenario, outcome: Outcome): Promise<Verdict> {
  const { sandbox } = run.rig;
  const code = outcome.kind === "refused" ? outcome.code : undefined;
  assert.equal(
    code,
    scenario.refusal,
    outcome.kind === "refused" ? outcome.message : "the upload went through",
  );
  if (outcome.kind === "refused") {
    assert.match(outcome.code, /^[a-z_]+$/);
    assert.match(outcome.message, /^[A-Z].{10,}[.)]$/);
  }
  assert.deepEqual(await sandbox.listUnused(), [], "faults that met nothing");
  const files = await sandbox.files(run.oneDrive);
  const wanted = outcome.kind === "whole" ? [[run.video.size, run.video.quickxor]] : [];
  const traces = await eventually("the database answers", () => readTraces(run), 30_000);
  assert.equal(traces.videos, wanted.length, "videos of this person");
  assert.deepEqual(
    files.filter(({ quickxor }) => quickxor === run.video.quickxor).map((f) => [f.size, f.quickxor]),
    wanted,
  );
  assert.deepEqual(run.pageErrors, []);

  const sessions = await sandbox.openUploads(run.oneDrive);
  const unheard = scenario.mayLoseCreation ? sessions.filter(({ received }) => received === 0).length : 0;
  return {
    orphans: sessions.length - unheard + files.length - wanted.length,
    stuck: traces.openRows + traces.leases + traces.addresses,
    unheard,
  };
}

async function readTraces(run: FaultRun): Promise<Traces> {
  return await run.rig.query(async (sql) => {
    const [row] = await sql<Traces[]>`
      select
        (select count(*)::int from public.product_videos v
          where v.user_id = ${run.account.id} and v.upload_status = 'complete'
            and v.quickxor_hash = ${run.video.quickxor} and v.size_bytes = ${run.video.size}) as videos,
        (select count(*)::int from public.onedrive_upload_sessions s
          where s.user_id = ${run.account.id} and s.status in ('active', 'verifying'))
          + (select count(*)::int from public.product_videos v
            where v.user_id = ${run.account.id} and v.upload_status <> 'complete') as "openRows",
        (select count(*)::int from public.onedrive_upload_sessions s
          where s.user_id = ${run.account.id} and s.status not in ('active', 'verifying')
            and s.uploader_lease_until is not null) as leases,
        (select count(*)::int from private.onedrive_upload_urls u
          join public.onedrive_upload_sessions s on s.id = u.session_id
          where s.user_id = ${run.account.id} and s.status not in ('active', 'verifying')) as addresses`;
    return row!;
  });
}

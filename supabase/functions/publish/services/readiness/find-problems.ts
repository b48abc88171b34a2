import { checkFormat, toVerdict } from "../../../_shared/contracts/check-format.ts";
import { type Platform, platformSchema } from "../../../_shared/contracts/publish.ts";
import { ProviderAuthError } from "../../../_shared/core/provider-errors.ts";
import { SourceGone } from "../../../_shared/core/publish-errors.ts";
import type { PublishTarget } from "../../../_shared/db/publish-targets.ts";
import type {
  ReadinessCheck,
  ReadinessProblem,
  ReadinessTarget,
} from "../../../_shared/db/readiness-checks.ts";
import { describeProblem } from "../../rules/describe-problem.ts";
import { readFacts, readLimits } from "../format/read-facts.ts";
import { openVideoSource } from "../video-source.ts";
import type { ReadinessDeps } from "./deps.ts";

const ENDED = ["expired", "disconnected"];

/**
 * What would keep a scheduled post from going out as things are now. An outage is no problem of the post: its error
 * is thrown, and the post is looked at again.
 */
export async function findProblems(
  deps: ReadinessDeps,
  check: ReadinessCheck,
): Promise<ReadinessProblem[]> {
  const rows = await deps.targets.findAll(check.targets.map(({ id }) => id));
  const problems: ReadinessProblem[] = [];
  for (const target of check.targets) {
    const row = rows.get(target.id);
    if (row) problems.push(...await findAccountProblems(deps, check, target, row));
  }
  const [first] = rows.values();
  if (first) problems.push(...await findFileProblems(deps, check, first));
  // Two targets may lack the same.
  return [...new Map(problems.map((problem) => [problem.key, problem])).values()];
}

async function findAccountProblems(
  deps: ReadinessDeps,
  check: ReadinessCheck,
  target: ReadinessTarget,
  { account }: PublishTarget,
): Promise<ReadinessProblem[]> {
  if (account === null || target.status === null || ENDED.includes(target.status)) {
    return [describeProblem.account(check, target)];
  }
  const login = deps.logins.find(({ platform, route }) =>
    platform === target.platform && route === target.route
  );
  const missing = login?.neededScopes?.filter((scope) => !target.scopes?.includes(scope)) ?? [];
  if (missing.length > 0) return [describeProblem.scopes(check, target)];
  try {
    // Renews what ends soon, so that the platform itself says whether the permission stands.
    const opened = await deps.access.openStored(account);
    // A key has no end that could be seen from here: its service is asked whether it is good.
    if (target.route === "blotato") await deps.access.reopen(opened);
  } catch (error) {
    if (error instanceof ProviderAuthError) return [describeProblem.account(check, target)];
    throw error;
  }
  return target.has_room ? [] : [describeProblem.room(check, target)];
}

async function findFileProblems(
  deps: ReadinessDeps,
  check: ReadinessCheck,
  { video }: PublishTarget,
): Promise<ReadinessProblem[]> {
  if (video === null) return [describeProblem.file(check)];
  const source = openVideoSource(deps, check.userId, video);
  try {
    const format = await readFacts(deps, check.userId, video.id, source);
    const limitsOf = await readLimits(deps);
    return check.targets.flatMap((target) => {
      const platform: Platform = platformSchema.parse(target.platform);
      const findings = checkFormat(format, platform, limitsOf(platform, target.route ?? undefined));
      const verdict = toVerdict(findings);
      const isMended = verdict === "needs_conversion" && deps.transcoder !== null;
      return verdict === "fits" || isMended
        ? []
        : [describeProblem.format(check, target, findings[0]!.message)];
    });
  } catch (error) {
    if (error instanceof SourceGone) return [describeProblem.file(check)];
    if (error instanceof ProviderAuthError) return [describeProblem.onedrive(check)];
    throw error;
  }
}

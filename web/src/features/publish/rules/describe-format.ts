import type { Platform } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import type { FormatCheck } from "../../../../../supabase/functions/_shared/contracts/publish-format.ts";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";

export interface FormatDescription {
  tone: "success" | "warning" | "danger";
  sentence: string;
  /** Why, a sentence each. */
  reasons: readonly string[];
}

/** Whether a platform takes a video's file, in words; null for a platform that was not asked about. */
export function describeFormat(check: FormatCheck, platform: Platform): FormatDescription | null {
  const target = check.targets.find((each) => each.platform === platform);
  if (!target) return null;
  const name = PLATFORM_NAMES[platform];
  const say = (severity: "blocks" | "warns") =>
    target.findings.filter((finding) => finding.severity === severity).map(({ message }) => message);
  switch (target.verdict) {
    case "fits": {
      const reasons = say("warns");
      const sentence = reasons.length > 0
        ? `${name} takes this file. Worth knowing:`
        : `The file fits ${name}.`;
      return { tone: reasons.length > 0 ? "warning" : "success", sentence, reasons };
    }
    case "needs_conversion":
      return {
        tone: "warning",
        sentence: check.converts_by_itself
          ? `The file is converted for ${name} before it goes out. Your own stays as it is.`
          : `${name} does not take this file as it is. It has to be converted first.`,
        reasons: say("blocks"),
      };
    case "refused":
      return { tone: "danger", sentence: `${name} will not take this file.`, reasons: say("blocks") };
  }
}

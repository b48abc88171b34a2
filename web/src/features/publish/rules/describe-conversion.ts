import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import type { TargetDescription } from "./describe-target.ts";
import type { PostTarget } from "./post-target.ts";

/** In the place of what is said of a target that is being prepared, while its file is made fit for the platform. */
export const describeConversion = ({ platform }: PostTarget): TargetDescription => ({
  label: "Converting",
  tone: "info",
  sentence: `The video is being converted for ${PLATFORM_NAMES[platform]}, which may take a minute. ` +
    "Your own file stays as it is.",
  actions: ["cancel"],
});

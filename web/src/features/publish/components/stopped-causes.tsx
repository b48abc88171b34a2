import { Button } from "../../../components/ui/button.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { count } from "../../../lib/count.ts";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import { useRetryCause } from "../api/retry-cause.ts";
import { findCauses } from "../rules/find-causes.ts";
import type { ListedPost } from "../rules/listed-post.ts";

/** Each reason that stopped more than one post, with one button for all of them. */
export function StoppedCauses({ posts }: { posts: readonly ListedPost[] }) {
  const retry = useRetryCause();
  const causes = findCauses(posts);
  if (causes.length === 0) return null;
  return (
    <ul aria-label="Reasons that stopped several posts" className="grid gap-2">
      {causes.map(({ code, platform, message, targetCount, postIds }) => (
        <li key={`${platform} ${code}`}>
          <Notice
            tone="warning"
            title={`${count(targetCount, "post")} stopped at ${PLATFORM_NAMES[platform]} for one reason`}
            action={
              <Button
                size="sm"
                isBusy={retry.isPending && retry.variables.errorCode === code}
                onClick={() => retry.mutate({ postIds, errorCode: code })}
              >
                Try all {targetCount} again
              </Button>
            }
          >
            {message}
          </Notice>
        </li>
      ))}
    </ul>
  );
}

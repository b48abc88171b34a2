import { PUBLISH_FAILURES } from "../../_shared/contracts/publish-failures.ts";
import { knownTimeZone } from "../../_shared/core/known-time-zone.ts";
import type { ReadinessCheck, ReadinessProblem, ReadinessTarget } from "../../_shared/db/readiness-checks.ts";

const NAMES: Readonly<Record<string, string>> = {
  youtube: "YouTube",
  instagram: "Instagram",
  tiktok: "TikTok",
  facebook: "Facebook",
};

type About = Pick<ReadinessCheck, "postId" | "scheduledFor" | "timeZone" | "caption">;

/** What is told of each kind of problem: what keeps the post from going out, and what to do about it. */
export const describeProblem = {
  account(post: About, target: ReadinessTarget): ReadinessProblem {
    const { name, account } = nameTarget(target);
    return {
      key: `account ${target.connection_id ?? target.platform}`,
      title: `Connect ${name} again before ${formatTime(post)}`,
      body: `${quote(post)} is scheduled for then, and our access to ${account} has ended. ` +
        "Connect it again, and the post goes out on time.",
      link_path: accountPath(target),
    };
  },

  scopes(post: About, target: ReadinessTarget): ReadinessProblem {
    const { name, account } = nameTarget(target);
    return {
      key: `scopes ${target.connection_id}`,
      title: `${name} needs your permission before ${formatTime(post)}`,
      body:
        `${
          quote(post)
        } is scheduled for then, and ${account} does not allow Cliprelay everything a post needs. ` +
        "Connect it again and leave every box ticked.",
      link_path: accountPath(target),
    };
  },

  room(post: About, target: ReadinessTarget): ReadinessProblem {
    const { name } = nameTarget(target);
    return {
      key: `room ${target.connection_id ?? target.platform}`,
      title: `${name} has no room for your post at ${formatTime(post)}`,
      body: `The limit of that day is used up. Choose another time for ${quote(post)}; ` +
        "otherwise it goes out as soon as the platform takes more.",
      link_path: `/posts/${post.postId}`,
    };
  },

  file: (post: About): ReadinessProblem => ({
    key: "file",
    title: `The file of your post at ${formatTime(post)} is missing`,
    body: `${quote(post)}: ${PUBLISH_FAILURES.video_file_gone}`,
    link_path: `/posts/${post.postId}`,
  }),

  onedrive: (post: About): ReadinessProblem => ({
    key: "onedrive",
    title: `Connect OneDrive again before ${formatTime(post)}`,
    body: `${quote(post)} is scheduled for then, and its file cannot be read. ` +
      "Connect your OneDrive again, and the post goes out on time.",
    link_path: "/settings/onedrive",
  }),

  format(post: About, target: ReadinessTarget, sentence: string): ReadinessProblem {
    const { name } = nameTarget(target);
    return {
      key: `format ${target.platform}`,
      title: `${name} will not take the file of your post at ${formatTime(post)}`,
      body: `${quote(post)}: ${sentence}`,
      link_path: `/posts/${post.postId}`,
    };
  },
};

function nameTarget({ platform, account_name }: ReadinessTarget): { name: string; account: string } {
  const name = NAMES[platform] ?? platform;
  return { name, account: account_name ? `${account_name} on ${name}` : `your ${name} account` };
}

const accountPath = ({ connection_id }: ReadinessTarget) =>
  connection_id ? `/settings/accounts?account=${connection_id}` : "/settings/accounts";

function quote({ caption }: About): string {
  const line = caption.replace(/\s+/g, " ").trim();
  return line === "" ? "Your post" : `“${line}”`;
}

function formatTime({ scheduledFor, timeZone }: About): string {
  const style = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" } as const;
  const format = new Intl.DateTimeFormat("en-GB", { ...style, timeZone: knownTimeZone(timeZone) });
  return format.format(new Date(scheduledFor));
}

interface GroupWords {
  title: string;
  description: string;
}

/** What the groups of notices are about, in the order they are shown. */
const GROUPS: Readonly<Record<string, GroupWords>> = {
  published: {
    title: "Published",
    description: "A post is out, or many videos that you published together are done.",
  },
  problems: {
    title: "Problems with a post",
    description: "It was not published, waits for another file or a new day, or you have to look yourself.",
  },
  readiness: {
    title: "Before a post goes out",
    description: "A day and an hour ahead, if something would keep a scheduled post from going out.",
  },
  accounts: {
    title: "Accounts",
    description: "An account wants to be connected again or will soon, and posts that go on once it is.",
  },
  other: { title: "Everything else", description: "Tasks, and news about Cliprelay itself." },
};

/** Title and explanation of a group; its own name for one that is newer than this page. */
export const wordsOf = (group: string): GroupWords => GROUPS[group] ?? { title: group, description: "" };

/** Sorts groups as they are shown, unknown ones last. */
export function compareGroups(one: string, other: string): number {
  const order = Object.keys(GROUPS);
  const rank = (group: string) => (order.indexOf(group) + order.length + 1) % (order.length + 1);
  return rank(one) - rank(other);
}

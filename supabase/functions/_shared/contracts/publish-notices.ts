/** What a user should know of a post that is there all the same. docs/errors.md lists them; a test compares the two. */
export const PUBLISH_NOTICES = {
  made_private:
    "YouTube took this video but made it private, so only you see it. Change its visibility in YouTube Studio.",
  other_privacy:
    "YouTube shows this video to others than you chose. Change its visibility in YouTube Studio if you want.",
  post_not_visible: "YouTube took this video but does not show it. Look for it in YouTube Studio.",
  still_processing: "YouTube has this video and still works on it. It plays as soon as YouTube is done.",
} as const;

export type PublishNoticeCode = keyof typeof PUBLISH_NOTICES;

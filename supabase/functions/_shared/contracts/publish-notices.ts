/** What a user should know of a post that is there all the same. docs/errors.md lists them; a test compares the two. */
export const PUBLISH_NOTICES = {
  cover_not_set:
    "The post is there without your cover: this channel may not set covers yet. Verify its phone number at " +
    "youtube.com/verify, then set the cover in YouTube Studio.",
  cover_refused: "The post is there, but the platform did not take your cover. Set it there by hand.",
  facebook_still_processing:
    "Facebook has this Reel and still works on it. People see it as soon as Facebook is done.",
  first_comment_refused:
    "The post is there, but Instagram did not take its first comment. Write it there by hand.",
  first_comment_not_allowed:
    "The post is there without its first comment: connect this account again and allow comments, then the next " +
    "posts get theirs. Write this one on Instagram by hand.",
  first_comment_unknown:
    "The post is there, but we could not see whether its first comment is. Look on Instagram before you write it.",
  follow_up_lost:
    "The post is there. What was left to do on it broke off several times on our side: look at it there.",
  link_follows:
    "TikTok checks new posts before it shows their address, which may take hours. Until then it is on your profile.",
  made_private:
    "YouTube took this video but made it private, so only you see it. Change its visibility in YouTube Studio.",
  other_privacy:
    "YouTube shows this video to others than you chose. Change its visibility in YouTube Studio if you want.",
  post_not_visible: "YouTube took this video but does not show it. Look for it in YouTube Studio.",
  still_processing: "YouTube has this video and still works on it. It plays as soon as YouTube is done.",
} as const;

export type PublishNoticeCode = keyof typeof PUBLISH_NOTICES;

/** Why a post waits or did not go out, in words for its user. docs/errors.md lists them; a test compares the two. */
export const PUBLISH_FAILURES = {
  access_taken_back:
    "Access to the account was taken back while the platform worked on this post. Connect the account again, then try again.",
  account_restricted: "The platform restricts this account. Open its app, do what it asks, then try again.",
  blotato_account_lost:
    "Blotato has lost its access to this TikTok account. Connect the account again at my.blotato.com, then try again.",
  blotato_failed:
    "Blotato tried several times and could not post this. Look at my.blotato.com/failed, then try again.",
  blotato_file_too_large:
    "This file is larger than your Blotato plan takes. Choose a smaller file or another plan, then try again.",
  blotato_key_refused:
    "Blotato does not accept your API key any more. Connect the account with a new key; the post then goes on by itself.",
  blotato_plan_without_api:
    "Your Blotato plan does not include its API. Choose one that does, then connect the account again; the post goes " +
    "on by itself.",
  app_not_audited:
    "TikTok has not approved this installation of Cliprelay yet: until then it takes private posts on private accounts " +
    "only. Set your account to private in the TikTok app, choose Only you here, then try again.",
  audience_not_offered:
    "Your TikTok account does not offer the chosen audience any more. Choose another one, then try again.",
  call_without_effect:
    "The platform did not take this post, several times, without saying why. Try it again later.",
  conversion_failed:
    "We could not convert this video. Export it as MP4 with H.264 and AAC and replace the file in your OneDrive; " +
    "the post then goes on by itself.",
  conversion_needed: "Replace the file in your OneDrive by one that fits; the post then goes on by itself.",
  cover_missing: "The cover of this post is not there any more. Choose another one, then try again.",
  flagged_as_spam: "The platform takes this post for spam. Change its text or wait a day, then try again.",
  format_not_accepted:
    "The platform does not take this video as it is. Convert it, then it goes on by itself.",
  format_refused: "This file cannot go to the platform as it is. Choose another video.",
  large_file_refused:
    "TikTok takes no files above 64 MB right now. Export the video smaller, then publish that one.",
  onedrive_busy: "OneDrive does not answer properly right now. We try again by ourselves.",
  onedrive_reauth_required: "Connect your OneDrive again; this post then goes on by itself.",
  outcome_unknown: "We do not know yet whether this post went out. We keep asking the platform.",
  platform_busy: "The platform does not answer properly right now. We try again by ourselves.",
  platform_refused: "The platform refused this post and will not take it as it is.",
  platform_refused_account:
    "The platform does not let this account publish. Look at the account there, then try again.",
  platform_refused_text: "The platform does not take the text of this post. Change it, then try again.",
  post_internal_error: "Something went wrong on our side. We try again by ourselves.",
  quota_reached: "The platform takes no more posts for now. This one goes on by itself as soon as it does.",
  post_reauth_required: "Connect this account again; the post then goes on by itself.",
  rejected_after_upload:
    "The platform took this video and turned it down afterwards. Look there why, then choose another video.",
  rejected_as_duplicate:
    "The platform has this video on the account already and turned the second one down. Choose another video.",
  rejected_for_length: "The platform finds this video too long for the account. Shorten it, then try again.",
  rejected_for_rights:
    "The platform turned this video down for somebody else's rights in it. Change its picture or music, then try again.",
  rejected_unreadable:
    "The platform could not process this video. Save it in another format, then publish that.",
  upload_session_lost: "The platform gave the upload up several times. Try the post again later.",
  video_file_gone:
    "The file of this video is not in your OneDrive any more, or is another one. Put it back or choose another video.",
  worker_lost: "Our side broke off several times while working on this post. Try it again.",
} as const;

export type PublishFailureCode = keyof typeof PUBLISH_FAILURES;

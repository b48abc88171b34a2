interface ErrorEntry {
  status: number;
  message: string;
}

/** Every code a function answers with. docs/errors.md explains each one; a test compares the two. */
export const ERROR_CODES = {
  invalid_cursor: { status: 400, message: "This cursor is not one of ours." },
  invalid_json: { status: 400, message: "The request body is not valid JSON." },
  invalid_request: { status: 400, message: "Some fields of the request are not valid." },
  missing_credentials: { status: 401, message: "Sign in first." },
  invalid_credentials: { status: 401, message: "Your session is not valid any more. Sign in again." },
  signed_request_invalid: { status: 401, message: "This request is not signed by Meta." },
  forbidden: { status: 403, message: "You may not do this." },
  oauth_state_foreign: { status: 403, message: "This sign-in was started by somebody else." },
  recent_sign_in_required: {
    status: 403,
    message: "You signed in a while ago. Enter your password to go on.",
  },
  not_found: { status: 404, message: "There is nothing here." },
  route_not_found: { status: 404, message: "This address does not exist." },
  bulk_not_found: { status: 404, message: "This bulk does not exist." },
  connection_not_found: { status: 404, message: "This connection does not exist." },
  cover_not_found: { status: 404, message: "This cover does not exist. Choose the picture again." },
  folder_not_found: { status: 404, message: "This folder does not exist in your OneDrive." },
  item_not_found: { status: 404, message: "This file does not exist in your OneDrive." },
  post_not_found: { status: 404, message: "This post does not exist." },
  product_not_found: { status: 404, message: "This product does not exist." },
  session_not_found: { status: 404, message: "This session has ended already." },
  deletion_not_found: { status: 404, message: "There was no such request to delete data." },
  target_not_found: { status: 404, message: "This post does not go to that account." },
  template_not_found: { status: 404, message: "This caption template does not exist." },
  task_not_found: { status: 404, message: "This task does not exist." },
  upload_not_found: { status: 404, message: "This upload does not exist." },
  video_not_found: { status: 404, message: "This video does not exist." },
  method_not_allowed: { status: 405, message: "This address does not take that method." },
  body_incomplete: { status: 408, message: "The request did not arrive whole in time. Send it again." },
  bulk_has_no_failures: {
    status: 409,
    message: "Nothing of this bulk has failed that could be tried again.",
  },
  bulk_not_waiting: {
    status: 409,
    message: "Nothing of this bulk is waiting to go out any more.",
  },
  conflict: { status: 409, message: "Somebody changed this at the same time. Load it again." },
  duplicate_post: {
    status: 409,
    message:
      "The same video with the same text goes to this account within a day. Ask for it if you want it twice.",
  },
  duplicate_upload: { status: 409, message: "This product has this video already." },
  different_account: {
    status: 409,
    message:
      "This is another OneDrive account than the one connected before. Videos stored in the old account " +
      "cannot be reached while the new one is connected.",
  },
  idempotency_key_reused: {
    status: 409,
    message: "This Idempotency-Key was used for another request. Use a new key.",
  },
  outcome_known: { status: 409, message: "There is nothing to decide here." },
  outcome_still_open: {
    status: 409,
    message: "The platform may still be taking this post. Look again in a few minutes.",
  },
  outcome_unknown: {
    status: 409,
    message: "It is not known yet whether this post went out. Look there and say so first.",
  },
  post_is_going_out: { status: 409, message: "This post is going out and cannot be changed any more." },
  post_not_draft: { status: 409, message: "This post has no draft to start." },
  post_not_waiting: { status: 409, message: "Nothing of this post is waiting to go out any more." },
  publish_move_not_allowed: { status: 409, message: "A post cannot change like this." },
  request_in_progress: {
    status: 409,
    message: "A request with this Idempotency-Key is still running. Send it again in a moment.",
  },
  video_in_use: {
    status: 409,
    message: "Posts that have not gone out yet use this video. Cancel them first.",
  },
  folder_exists: { status: 409, message: "Something with this name is already in that folder." },
  upload_in_use: { status: 409, message: "Another tab or browser is uploading this file right now." },
  upload_incomplete: { status: 409, message: "OneDrive does not have the whole file yet." },
  upload_not_active: { status: 409, message: "This upload has ended and cannot be changed." },
  upload_expired: {
    status: 409,
    message: "OneDrive gave this upload up. Start it again from the beginning.",
  },
  body_too_large: { status: 413, message: "The request body is too large." },
  unsupported_media_type: { status: 415, message: "Send the request body as application/json." },
  account_not_offered: {
    status: 422,
    message: "This TikTok account is not connected at Blotato any more. Choose another one.",
  },
  api_key_refused: {
    status: 422,
    message: "Blotato does not know this API key. Copy it again at my.blotato.com, under Settings and API.",
  },
  api_key_required: { status: 422, message: "Enter your API key again: it is kept for ten minutes only." },
  api_plan_missing: {
    status: 422,
    message: "Your Blotato plan does not include its API. Choose one that does, then connect again.",
  },
  no_tiktok_account: {
    status: 422,
    message: "No TikTok account is connected at Blotato yet. Connect one at my.blotato.com, then try again.",
  },
  account_email_differs: { status: 422, message: "This is not the e-mail address of your account." },
  correlation_is_own_asin: { status: 422, message: "A product is not correlated with itself." },
  connection_missing: { status: 422, message: "Connect an account of this platform first." },
  cover_not_usable: {
    status: 422,
    message: "This cover cannot be used. Choose a JPG or PNG of 320 to 4096 pixels a side.",
  },
  options_not_accepted: { status: 422, message: "These options do not fit the platform." },
  scheduled_in_past: { status: 422, message: "This time is over. Choose a later one, or post now." },
  scheduled_too_far: { status: 422, message: "Choose a time within the next year." },
  text_not_accepted: { status: 422, message: "A platform does not take this text." },
  time_does_not_exist: {
    status: 422,
    message: "Clocks skip this time on that day: summer time begins. Choose another one.",
  },
  time_zone_required: {
    status: 422,
    message: "Name the time zone of this time, or write it with its offset.",
  },
  creator_info_not_available: {
    status: 422,
    message: "Only TikTok accounts that were connected with TikTok itself tell what they may post.",
  },
  day_is_full: { status: 422, message: "The platform takes no more posts on that day. Choose a later one." },
  connection_required: { status: 422, message: "Choose the account to post to." },
  consent_refused: { status: 422, message: "Microsoft did not accept this sign-in. Connect OneDrive again." },
  folder_has_no_videos: { status: 422, message: "There are no videos in this folder." },
  folder_missing: {
    status: 422,
    message: "The folder chosen for uploads is gone. Choose another one in the settings.",
  },
  hash_mismatch: {
    status: 422,
    message: "The file in OneDrive is not the file you picked. Upload it again.",
  },
  item_is_folder: {
    status: 422,
    message: "This is a folder. Choose the videos in it, or the folder as a whole.",
  },
  item_is_package: { status: 422, message: "This is a notebook, not a video." },
  item_is_shared: {
    status: 422,
    message: "This file is in somebody else's OneDrive. Copy it into yours, then choose it there.",
  },
  list_is_full: { status: 422, message: "There are as many of these as there can be. Remove one first." },
  name_invalid: { status: 422, message: "OneDrive does not accept this name." },
  no_free_slot: {
    status: 422,
    message: "All your posting slots of the coming year are taken. Add slots, or choose another time.",
  },
  no_onedrive: { status: 422, message: "This Microsoft account has no OneDrive. Connect another account." },
  oauth_state_invalid: {
    status: 422,
    message: "This sign-in has expired or was used already. Start connecting again.",
  },
  offset_out_of_range: { status: 422, message: "The offset lies outside the file." },
  instagram_not_professional: {
    status: 422,
    message:
      "This Instagram account is not a professional one. Switch it to Business or Creator, then connect again.",
  },
  no_channel: {
    status: 422,
    message: "This Google account has no YouTube channel. Create one, then connect again.",
  },
  no_page: { status: 422, message: "There is no Facebook Page to reach an Instagram account through." },
  no_page_task: {
    status: 422,
    message: "You may not post to this Facebook Page. Ask whoever manages it, then connect again.",
  },
  offline_access_missing: {
    status: 422,
    message: "The platform did not let Cliprelay work while you are away. Connect the account again.",
  },
  password_wrong: { status: 422, message: "This is not your password." },
  platform_not_available: { status: 422, message: "Accounts of this platform cannot be connected here yet." },
  posting_slots_missing: {
    status: 422,
    message: "You have no posting slots for one of these platforms. Add some, or choose another time.",
  },
  poster_missing: { status: 422, message: "There is no poster image for this video yet." },
  product_asin_in_use: { status: 422, message: "This product already has tasks under its ASIN." },
  quota_exceeded: { status: 422, message: "Your OneDrive is full. Free some space and try again." },
  rule_broken: { status: 422, message: "This change breaks a rule." },
  too_many_videos: {
    status: 422,
    message:
      "There are too many videos in this folder to take at once. Choose a smaller folder, or single files.",
  },
  target_named_twice: { status: 422, message: "Name each account once." },
  scopes_declined: {
    status: 422,
    message:
      "Something that Cliprelay needs was not allowed. Connect the account again and allow everything.",
  },
  task_status_move_not_allowed: { status: 422, message: "A task cannot change like this." },
  unknown_time_zone: {
    status: 422,
    message: "This time zone is not known. Use a name such as Europe/Berlin.",
  },
  unsupported_file_type: { status: 422, message: "This is not a video file." },
  video_format_refused: {
    status: 422,
    message: "A platform of this post cannot take this video. Choose another one.",
  },
  video_not_complete: { status: 422, message: "This video is not completely uploaded yet." },
  video_not_linked: { status: 422, message: "Link this video to a product first." },
  video_unreachable: { status: 422, message: "The file of this video cannot be found in your OneDrive." },
  reauth_required: { status: 424, message: "Connect your OneDrive again to go on." },
  provider_throttled: { status: 429, message: "OneDrive asks us to slow down. Try again in a moment." },
  rate_limited: { status: 429, message: "Too many requests. Try again in a moment." },
  internal_error: { status: 500, message: "Something went wrong on our side." },
  provider_failed: { status: 502, message: "OneDrive did not answer properly. Try again in a moment." },
  provider_misconfigured: {
    status: 502,
    message:
      "Microsoft does not accept this installation of Cliprelay right now. We have to repair that; your account " +
      "stays connected.",
  },
  temporarily_unavailable: { status: 503, message: "The service is busy. Try again in a moment." },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** True for a string that is one of our codes, e.g. the detail of an exception raised in SQL. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(ERROR_CODES, value);
}

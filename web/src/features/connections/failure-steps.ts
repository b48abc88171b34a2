/** What its user does when a sign-in connected nothing, by the code of docs/errors.md; behind a platform's name, there alone. */
export const FAILURE_STEPS: Readonly<Record<string, readonly string[]>> = {
  instagram_not_professional: [
    "Open the Instagram app and go to Settings, then Account type and tools.",
    "Tap Switch to professional account. It is free and can be undone.",
    "Choose Creator or Business and finish the questions.",
    "Come back here and connect again.",
  ],
  no_channel: [
    "Open youtube.com with the same Google account.",
    "Tap your picture, then Create a channel, and give it a name.",
    "Come back here and connect again.",
  ],
  no_page: [
    "Without a Facebook Page, choose Connect with Instagram instead: it needs none.",
    "With one: open the Page's settings on Facebook, go to Linked accounts and link Instagram.",
    "Come back here, connect again, and tick that Page when Facebook asks.",
  ],
  "facebook.no_page": [
    "Reels go to Pages. Without one, make one on Facebook (Menu, Pages, Create); it is free.",
    "With one, sign in as somebody who manages it.",
    "Come back here, connect again, and tick that Page when Facebook asks.",
  ],
  no_page_task: [
    "Ask whoever manages the Page to open its settings, then Page access, and to let you create content.",
    "Accept the invitation on Facebook.",
    "Come back here and connect again.",
  ],
  scopes_declined: [
    "Connect again and leave every box ticked: each one is needed to post and to see how it went.",
    "If no boxes are shown, remove Cliprelay from the apps of that account first, then connect again.",
  ],
  access_denied: ["Nothing was changed. Connect again whenever you like and choose Allow."],
};

/** The steps of a failure on a platform; undefined where the sentence says it all. */
export const stepsOf = (code: string, provider: string): readonly string[] | undefined =>
  FAILURE_STEPS[`${provider}.${code}`] ?? FAILURE_STEPS[code];

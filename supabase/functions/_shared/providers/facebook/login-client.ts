import type { SocialLogin } from "../../core/social-login.ts";
import { createFacebookConsent, type FacebookLoginOptions } from "./facebook-consent.ts";

/** Facebook Login for the professional Instagram accounts of a person's Pages. */
export function createFacebookLogin(options: FacebookLoginOptions): SocialLogin {
  return createFacebookConsent(options, {
    platform: "instagram",
    needed: ["instagram_basic", "instagram_content_publish", "pages_show_list", "pages_read_engagement"],
    // Pages that belong to a Business portfolio, and first comments; whoever has none may leave them out.
    wished: ["business_management", "instagram_manage_comments"],
    sentences: {
      repeat: "Facebook did not accept this sign-in. Connect Instagram again.",
      allowAll:
        "Cliprelay may not publish to your Instagram account yet. Connect Instagram again and allow " +
        "everything Facebook asks.",
    },
    listAccounts: (pages, token) => pages.listInstagramAccounts(token),
    findPageToken: (pages, token, accountId) => pages.findTokenBehind(token, accountId),
  });
}

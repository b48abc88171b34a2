import type { SocialLogin } from "../../core/social-login.ts";
import { createFacebookConsent, type FacebookLoginOptions } from "./facebook-consent.ts";

/** Facebook Login for the Pages a person creates content on. */
export function createPageLogin(options: FacebookLoginOptions): SocialLogin {
  return createFacebookConsent(options, {
    platform: "facebook",
    needed: ["pages_show_list", "pages_read_engagement", "pages_manage_posts"],
    // Pages that belong to a Business portfolio, and covers; whoever has none may leave them out.
    wished: ["business_management", "pages_manage_engagement"],
    sentences: {
      repeat: "Facebook did not accept this sign-in. Connect Facebook again.",
      allowAll:
        "Cliprelay may not publish to your Page yet. Connect Facebook again and allow everything it asks.",
    },
    listAccounts: (pages, token, scopes) => pages.listPageAccounts(token, scopes.includes("instagram_basic")),
    findPageToken: (pages, token, pageId) => pages.findToken(token, pageId),
  });
}

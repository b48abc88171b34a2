import type { AuthError } from "@supabase/supabase-js";
import { ApiFailure } from "../../../lib/api-failure.ts";

const SENTENCES: Record<string, string> = {
  invalid_credentials: "The e-mail or the password is wrong.",
  user_already_exists: "There is an account with this e-mail already. Sign in instead.",
  email_exists: "There is an account with this e-mail already. Sign in instead.",
  email_not_confirmed: "Confirm your e-mail first: we sent you a link when you signed up.",
  otp_expired: "This link is used up or too old. Ask for a new one.",
  reauthentication_needed: "You signed in more than a day ago. Enter the code from the mail we sent you.",
  reauthentication_not_valid: "This code is not right, or too old.",
  user_banned: "This account is closed.",
  same_password: "This is your current password. Choose another one.",
  over_email_send_rate_limit: "We have just sent a mail. Wait a moment before asking for another.",
  over_request_rate_limit: "Too many tries. Wait a minute and try again.",
  session_not_found: "This link is used up. Ask for a new one.",
  signup_disabled: "New accounts cannot be made here.",
};

/** Puts an error of the auth server into words. */
export function toAuthFailure(error: AuthError): ApiFailure {
  const code = error.code ?? "auth_error";
  if (error.name === "AuthRetryableFetchError") {
    return new ApiFailure("network_error", "Cliprelay cannot be reached. Check your connection.", 0);
  }
  return new ApiFailure(code, SENTENCES[code] ?? error.message, error.status ?? 0);
}

import type { SignIn } from "../grants.ts";

/** In what the consent pages of Facebook and Instagram differ. */
export interface DialogRules {
  signIn: SignIn;
  title: string;
  /** What the redirect address ends with after a code. */
  suffix: string;
  codeLifetimeS: number;
  /** What the browser is sent back with when the person refuses. */
  refusal: Record<string, string>;
}

export const FACEBOOK_DIALOG: DialogRules = {
  signIn: "facebook",
  title: "Log in with the pretend Facebook",
  suffix: "",
  codeLifetimeS: 600,
  refusal: {
    error: "access_denied",
    error_code: "200",
    error_description: "Permissions error",
    error_reason: "user_denied",
  },
};

export const INSTAGRAM_DIALOG: DialogRules = {
  signIn: "instagram",
  title: "Log in with the pretend Instagram",
  suffix: "#_",
  codeLifetimeS: 3600,
  refusal: {
    error: "access_denied",
    error_reason: "user_denied",
    error_description: "The user denied your request",
  },
};

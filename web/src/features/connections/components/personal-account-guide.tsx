import { FailureGuide } from "./failure-guide.tsx";

/** What the owner of a personal Instagram account does: apps may post to professional ones only. */
export const PersonalAccountGuide = () => (
  <FailureGuide code="instagram_not_professional" provider="instagram" />
);

import { type ConsentAnswer, readConsentAnswer } from "./read-consent-answer.ts";

/** Reads the consent page's answer and takes it out of the address, so that it stays in no history. */
export function takeConsentAnswer(): ConsentAnswer {
  const answer = readConsentAnswer(globalThis.location.hash);
  globalThis.history.replaceState(globalThis.history.state, "", globalThis.location.pathname);
  return answer;
}

import type { PublishTask } from "./platform-adapter.ts";

/** Seconds until the platform is asked again how far it is, after `polls` questions; by private.settings. */
export function pauseBefore({ pollSeconds }: Pick<PublishTask, "pollSeconds">, polls: number): number {
  return pollSeconds[Math.min(polls, pollSeconds.length - 1)] ?? 60;
}

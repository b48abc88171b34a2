import type { PublishTask } from "./platform-adapter.ts";

/** Makes a call; what it throws is what its failure means to the post, by the platform's own `toPostFailure`. */
export async function asPostFailure<Result>(
  { now }: Pick<PublishTask, "now">,
  toPostFailure: (error: unknown, now: Date) => unknown,
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw toPostFailure(error, now());
  }
}

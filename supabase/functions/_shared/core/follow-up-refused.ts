/** A cover or comment that a platform will not take: its user is told, the post stays what it is. */
export class FollowUpRefused extends Error {
  override readonly name = "FollowUpRefused";
  /** `code` is one of the notices in docs/errors.md; `reference` the platform's own word for it. */
  constructor(
    readonly code: string,
    message: string,
    readonly reference?: string,
  ) {
    super(message);
  }
}

import type { PublishNoticeCode } from "../../_shared/contracts/publish-notices.ts";

/** A published post on which something is left to do. */
export interface FollowUpTask {
  /** The platform's id of the post. */
  readonly postId: string;
  /** Checked against the platform's schema when the post was created. */
  readonly options: unknown;
  readonly account: { readonly id: string; readonly route: string; readonly token: string };
  readonly now: () => Date;
  /** Takes `amount` of a budget before a call that counts. Throws BudgetSpent with the time it frees again. */
  spend(budget: string, amount: number): Promise<void>;
  /** The picture at a path of bucket `covers`. Throws FollowUpRefused when it is not there or is none. */
  readCover(path: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; mimeType: string }>;
}

/**
 * Something to do once a post exists that decides nothing about the post. Thrown are: FollowUpRefused (its user is
 * told), BudgetSpent, ProviderAuthError; anything else is tried again later.
 */
export interface FollowUp {
  readonly kind: "cover" | "first_comment";
  /** Whether a target with these options asks for it. */
  isWanted(options: unknown): boolean;
  run(task: FollowUpTask): Promise<void>;
  /** Told when the tries are used up. */
  readonly givenUp: PublishNoticeCode;
  /**
   * Where `run` must not have its effect twice: it is then on record before it is made, and after an open answer
   * made again only once this said, settled, that the effect is not there.
   */
  readonly once?: {
    isDone(task: FollowUpTask): Promise<boolean>;
    /** Told when nothing proved whether the effect is there. */
    readonly unknown: PublishNoticeCode;
  };
}

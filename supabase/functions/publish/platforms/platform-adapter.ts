import type { PublishStep, TargetStatus } from "../../_shared/contracts/publish.ts";
import type { FollowUp } from "./follow-up.ts";

/** Where a step goes on; the platform's ids and offsets, never a secret. */
export type Checkpoint = Readonly<Record<string, unknown>>;

/** The bytes of the video, in the creator's OneDrive. */
export interface VideoSource {
  readonly sizeBytes: number;
  readonly mimeType: string;
  readonly filename: string;
  /** Bytes [start, end) of the file. Throws SourceGone when the file is not there any more. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Bytes [start, end) to be the body of one request, untouched and never in memory. A request that breaks off may
   * have broken off at either end.
   */
  open(start: number, end: number): Promise<ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>>;
}

/** How far the copy is that a platform fetches by its address. */
export type Staging =
  | { readonly kind: "ready"; readonly url: string }
  /** More bytes than this invocation may move, or another target's worker is at it: come again. */
  | { readonly kind: "under_way"; readonly waitSeconds: number };

/** What an adapter knows about the target it works on. */
export interface PublishTask {
  readonly targetId: string;
  /** The whole text: caption and hashtags as they go to the platform. */
  readonly text: string;
  /** Checked against the platform's schema when the post was created. */
  readonly options: unknown;
  readonly account: { readonly id: string; readonly route: string; readonly token: string };
  readonly source: VideoSource;
  /** Known in `prepare` alone, where the file has just been looked at; null where it does not say. */
  readonly durationSeconds: number | null;
  /** Where the platform fetches the file: makes or goes on with the post's one copy, within `byteBudget`. */
  stage(): Promise<Staging>;
  /** Where the platform fetches a picture of bucket `covers`. Throws PostRefused when it is gone. */
  signCover(path: string): Promise<string>;
  /** In `reconcile`, `isCallOver` says that the worker which made the call is done with it. */
  readonly checkpoint: Checkpoint;
  /** Session URL and the like; decrypted. */
  readonly secret: string | null;
  /** Bytes this invocation may still send. */
  readonly byteBudget: number;
  /** Keeps the lease and stores progress; throws LeaseLost when somebody else has the job. */
  keep(checkpoint: Checkpoint): Promise<void>;
  /**
   * Takes one of a budget before a call that counts; `knownMax` is the platform's own word when it is lower. Throws
   * BudgetSpent with the time it frees again. `scopeKey` names whose limit it is where it is not the account's.
   */
  spend(budget: string, knownMax?: number, scopeKey?: string): Promise<void>;
  /** When the irreversible call was begun. */
  readonly calledAt: Date | null;
  /** False as long as not finding the post proves nothing. */
  readonly isSettled: boolean;
  readonly now: () => Date;
  /** Pauses between the questions how far the platform is; the last one repeats. */
  readonly pollSeconds: readonly number[];
  readonly maxPolls: number;
}

/**
 * How a repeatable step ended. Thrown are: PostRefused (its user has to change something), BudgetSpent,
 * ProviderAuthError, SourceGone; anything else may pass and is tried again.
 */
export type StepResult =
  | {
    readonly kind: "next";
    readonly step: PublishStep;
    readonly checkpoint: Checkpoint;
    readonly waitSeconds?: number;
    readonly secret?: string;
  }
  | {
    readonly kind: "published";
    readonly postId: string;
    readonly url: string | null;
    /** What its user should know of it all the same. */
    readonly notice?: { readonly code: string; readonly message: string };
  }
  /** Of `confirm` alone: the platform's own word that what it had accepted is not there and will not come. */
  | {
    readonly kind: "rejected";
    readonly failure: {
      readonly code: string;
      readonly message: string;
      readonly providerReference?: string;
    };
  }
  /** Of `confirm` alone: the same word, but made again from `step` on it may come once `cause` is over. */
  | {
    readonly kind: "undone";
    readonly step: PublishStep;
    readonly checkpoint: Checkpoint;
    readonly cause: unknown;
  }
  /** Of `confirm` alone: the platform never comes to an end with it. It is reconciled from here on. */
  | { readonly kind: "open"; readonly checkpoint: Checkpoint };

/** How the irreversible call ended; anything thrown leaves it open. */
export type CallResult =
  | { readonly kind: "done"; readonly postId: string; readonly url: string | null }
  /** The effect is there, the platform still works on it: `confirm` asks on. */
  | { readonly kind: "accepted"; readonly checkpoint: Checkpoint; readonly waitSeconds: number }
  /** Certainly without effect: as if it had not been made. */
  | {
    readonly kind: "no_effect";
    readonly step: PublishStep;
    readonly checkpoint: Checkpoint;
    readonly cause: unknown;
  };

/** What asking the platform proved about an open call. */
export type Proof =
  | { readonly kind: "done"; readonly postId: string; readonly url: string | null }
  | { readonly kind: "accepted"; readonly checkpoint: Checkpoint; readonly waitSeconds: number }
  /** `isAbsence`: only not found, which proves nothing while the task is not settled. */
  | {
    readonly kind: "not_done";
    readonly isAbsence: boolean;
    readonly step: PublishStep;
    readonly checkpoint: Checkpoint;
  }
  /** Neither: ask again later. */
  | { readonly kind: "open"; readonly checkpoint: Checkpoint };

/** A published post whose address the platform has not told yet. */
export interface UnlinkedPost {
  /** As `confirm` named it. */
  readonly postId: string;
  /** The account's name in addresses, where it is known. */
  readonly handle: string | null;
  readonly token: string;
  /** Takes one of a budget before a call that counts. Throws BudgetSpent. */
  spend(budget: string): Promise<void>;
}

/** A platform. Steps are bounded: at most `byteBudget` bytes and 100 seconds, memory flat. */
export interface PlatformAdapter {
  readonly platform: string;
  /** Where the routes of accounts to the platform differ: the one this adapter serves. */
  readonly route?: string;
  /** Status moves this adapter uses, `from>to`; a test compares them with private.publish_moves. */
  readonly moves: readonly `${TargetStatus}>${TargetStatus}`[];
  prepare(task: PublishTask): Promise<StepResult>;
  /** Where we push the bytes. */
  upload?(task: PublishTask): Promise<StepResult>;
  /** Where the platform processes before it can publish. */
  poll?(task: PublishTask): Promise<StepResult>;
  /** The irreversible call; `task.checkpoint` was stored before. */
  publish(task: PublishTask): Promise<CallResult>;
  /** Where the effect is seen only some time after the call. What it throws says nothing of the post. */
  confirm?(task: PublishTask): Promise<StepResult>;
  reconcile(task: PublishTask): Promise<Proof>;
  /** Where posts are published before their address is known: null as long as it is not. */
  findLink?(post: UnlinkedPost): Promise<{ readonly postId: string; readonly url: string } | null>;
  /** What may be left to do once a post is there; none of it decides about the post. */
  readonly followUps?: readonly FollowUp[];
}

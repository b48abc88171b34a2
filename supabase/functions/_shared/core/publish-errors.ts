/** Somebody else has the job now: stop at once and write nothing. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

/** A limit, our own or the platform's, is used up until `until`. */
export class BudgetSpent extends Error {
  override readonly name = "BudgetSpent";
  constructor(
    readonly budget: string,
    readonly until: Date,
  ) {
    super(`The budget ${budget} is used up until ${until.toISOString()}.`);
  }
}

/** The video's file is not where it was, or is another one. */
export class SourceGone extends Error {
  override readonly name = "SourceGone";
}

/** The platform says no for good: its user has to change something first. */
export class PostRefused extends Error {
  override readonly name = "PostRefused";
  /** `code` is one of docs/errors.md; `reference` the platform's own word for it. */
  constructor(
    readonly status: "failed" | "needs_conversion",
    readonly code: string,
    message: string,
    readonly reference?: string,
  ) {
    super(message);
  }
}

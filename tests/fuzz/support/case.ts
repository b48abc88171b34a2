/** One bad request. */
export interface Case {
  readonly title: string;
  readonly method: string;
  /** From the API's root on, as it goes over the wire. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is a text or bytes. */
  readonly body?: unknown;
  /** The field that an answer of `invalid_request` has to name. */
  readonly field?: string;
  /** The statuses that are right; by default any 4xx. */
  readonly statuses?: readonly number[];
  /** The service refuses this in plain text, as the hosted one does. */
  readonly isPlain?: boolean;
  /** Odd, but not wrong: taking it is as right as refusing it with a 4xx. */
  readonly mayBeTaken?: boolean;
}

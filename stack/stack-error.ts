/** A failure the person at the keyboard can act on: the message is one sentence, shown without a stack trace. */
export class StackError extends Error {
  override name = "StackError";
}

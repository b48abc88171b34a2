/** Where the link of a confirmation mail leads. */
export function confirmationAddress(): string {
  return `${globalThis.location.origin}/confirm-email`;
}

/** Fields a platform sends back; anything else is dropped. */
export interface CallbackQuery {
  code?: string;
  state?: string;
  error?: string;
  error_description?: string;
}

/** The finish page with the platform's answer in the fragment, which browsers never send to a server. */
export function toCallbackTarget(webUrl: string, platform: string, query: CallbackQuery): string {
  const fragment = new URLSearchParams({ provider: platform });
  for (const name of ["code", "error", "error_description", "state"] as const) {
    const value = query[name];
    if (value) fragment.set(name, value);
  }
  return `${webUrl}/connect/finish#${fragment}`;
}

/**
 * Opens a provider's consent page in a small window, or in this tab where windows are blocked. The window is opened
 * before the first await: browsers allow that only while handling the click.
 * @param askAddress fetches the page's address; when it throws, the window is closed again
 */
export async function openConsent(askAddress: () => Promise<string>): Promise<void> {
  const popup = globalThis.open("", "cliprelay-connect", "popup,width=520,height=720");
  try {
    const url = await askAddress();
    if (popup) popup.location.replace(url);
    else globalThis.location.assign(url);
  } catch (error) {
    popup?.close();
    throw error;
  }
}

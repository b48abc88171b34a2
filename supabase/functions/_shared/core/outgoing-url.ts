const LOCAL_NAMES = /(^|\.)(localhost|local|internal|home\.arpa)$/;

/**
 * True for an address that may be fetched, or given to somebody else to fetch: https on a public name, or one of the
 * exact origins of OUTBOUND_ALLOW_ORIGINS. Names and passwords in the address, and addresses by number, are refused.
 */
export function isOutgoingUrlAllowed(address: string, allowOrigins: readonly string[]): boolean {
  const url = URL.parse(address);
  if (!url || url.username !== "" || url.password !== "") return false;
  if (allowOrigins.includes(url.origin)) return true;
  if (url.protocol !== "https:") return false;
  const host = url.hostname.replace(/\.$/, "");
  const isNumber = host.startsWith("[") || /^[\d.]+$/.test(host);
  return !isNumber && host.includes(".") && !LOCAL_NAMES.test(host);
}

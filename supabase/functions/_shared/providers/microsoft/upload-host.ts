/** Hosts that Microsoft is known to hand out for upload URLs; a leading dot stands for any subdomain. */
const UPLOAD_HOSTS = [
  "api.onedrive.com",
  ".1drv.com",
  ".sharepoint.com",
  ".sharepoint.us",
  ".sharepoint.cn",
  ".sharepoint-mil.us",
  ".microsoftpersonalcontent.com",
];

/**
 * True for an address that may get bytes from our server: https on one of Microsoft's upload hosts, or one of the
 * exact origins of OUTBOUND_ALLOW_ORIGINS. Names and passwords in the address are refused.
 */
export function isUploadHost(
  address: string,
  allowOrigins: readonly string[],
): boolean {
  const url = URL.parse(address);
  if (!url || url.username !== "" || url.password !== "") return false;
  if (allowOrigins.includes(url.origin)) return true;
  if (url.protocol !== "https:" || url.port !== "") return false;
  return UPLOAD_HOSTS.some((host) =>
    host.startsWith(".") ? url.hostname.endsWith(host) : url.hostname === host
  );
}

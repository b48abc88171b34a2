import type { Plugin } from "vite";

/**
 * Hosts a browser talks to for OneDrive: upload and download addresses of personal and work accounts and the
 * thumbnail service, as Microsoft hands them out.
 */
const ONEDRIVE_SOURCES = [
  "https://*.up.1drv.com",
  "https://*.files.1drv.com",
  "https://api.onedrive.com",
  "https://*.sharepoint.com",
  "https://my.microsoftpersonalcontent.com",
  "https://*.svc.ms",
];

const LOOPBACK_SOURCES = ["http://127.0.0.1:*", "http://localhost:*"];

/**
 * Writes a strict Content-Security-Policy into the built page (the development server needs inline scripts).
 * `connectSrc` replaces the OneDrive hosts (space separated); a Supabase URL on this machine also allows
 * loopback ports, because the sandbox serves uploads and downloads from them.
 */
export function contentSecurityPolicy(
  supabaseUrl: string | undefined,
  connectSrc: string | undefined,
): Plugin {
  return {
    name: "cliprelay-content-security-policy",
    apply: "build",
    transformIndexHtml: () => [{
      tag: "meta",
      injectTo: "head-prepend",
      attrs: { "http-equiv": "Content-Security-Policy", content: buildPolicy(supabaseUrl, connectSrc) },
    }],
  };
}

function buildPolicy(supabaseUrl: string | undefined, connectSrc: string | undefined): string {
  const api = supabaseUrl ? new URL(supabaseUrl) : undefined;
  const isLoopback = api !== undefined && ["127.0.0.1", "localhost"].includes(api.hostname);
  const outside = [
    ...(api ? [api.origin] : []),
    ...(connectSrc?.trim() ? connectSrc.trim().split(/\s+/) : ONEDRIVE_SOURCES),
    ...(isLoopback ? LOOPBACK_SOURCES : []),
  ].join(" ");
  return [
    "default-src 'self'",
    "script-src 'self'",
    // Radix and the toasts size and place things with inline styles.
    "style-src 'self' 'unsafe-inline'",
    // Product pictures may come from any https address their owner entered.
    `img-src 'self' data: blob: https: ${outside}`,
    `media-src 'self' blob: ${outside}`,
    `connect-src 'self' ${outside}`,
    "font-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
  ].join("; ");
}

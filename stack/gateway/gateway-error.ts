import { addCorsHeaders } from "./cors.ts";

/**
 * A failure of the platform itself rather than of the service behind it, in Supabase's form: the code stands in
 * the body and in the header `sb-error-code`.
 */
export function gatewayError(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const response = Response.json({ code, message }, {
    status,
    headers: { ...headers, "sb-error-code": code },
  });
  addCorsHeaders(response.headers);
  return response;
}

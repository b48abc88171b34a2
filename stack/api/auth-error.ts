/** A refusal in GoTrue's form: the code in the body twice, as number and as name, and in a header. */
export function authError(
  status: number,
  code: string,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): Response {
  return Response.json({ code: status, error_code: code, msg: message, ...details }, {
    status,
    headers: { "x-sb-error-code": code },
  });
}

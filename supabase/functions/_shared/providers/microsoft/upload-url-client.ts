import { toUploadState, type UploadState } from "./adapter.ts";
import { readErrorCodes, translateGraphError } from "./error-answer.ts";
import { type Answer, createSend, type HttpDeps, parseAnswer, retryTransient } from "./http.ts";
import { uploadSessionAnswerSchema } from "./schema.ts";

/** Answers on an upload URL that mean "this session is over", whatever its expiry date says. */
const GONE_STATUSES = [401, 403, 404, 410];
const GONE_CODES = ["uploadSessionNotFound", "uploadSessionFailed"];

export type UploadUrlClient = ReturnType<typeof createUploadUrlClient>;

/** Calls on upload URLs. The URL is its own credential: an access token sent along would leak and be refused. */
export function createUploadUrlClient(options: HttpDeps) {
  const send = createSend(options);

  return {
    /** What is stored so far, or null when the session is over (finished, expired or canceled alike). */
    async getState(uploadUrl: string): Promise<UploadState | null> {
      const answer = await retryTransient(async () => {
        const answer = await send(uploadUrl);
        if (answer.response.ok || isGone(answer)) return answer;
        throw translateGraphError(answer.response, answer.body);
      }, options);
      return answer.response.ok ? toUploadState(parseAnswer(uploadSessionAnswerSchema, answer)) : null;
    },

    /** Drops what is stored; a session that is over already is fine. */
    async cancel(uploadUrl: string): Promise<void> {
      const answer = await send(uploadUrl, { method: "DELETE" });
      if (!answer.response.ok && !isGone(answer)) throw translateGraphError(answer.response, answer.body);
    },
  };
}

function isGone({ response, body }: Answer): boolean {
  return GONE_STATUSES.includes(response.status) ||
    (response.status === 400 && readErrorCodes(body).some((code) => GONE_CODES.includes(code)));
}

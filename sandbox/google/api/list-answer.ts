import { GoogleFailure } from "../google-failure.ts";
import { etagOf } from "../etag.ts";

/** One page of a list, with the tokens of its neighbours. Throws 400 for a wrong maxResults or pageToken. */
export function answerPage(
  kind: string,
  query: URLSearchParams,
  items: readonly unknown[],
  limits: { usual: number; most: number },
): Response {
  const size = readPageSize(query, limits);
  const start = readPageToken(query);
  const shown = items.slice(start, start + size);
  const pageInfo = { totalResults: items.length, resultsPerPage: size };
  return Response.json({
    kind,
    etag: etagOf([kind, shown, pageInfo]),
    ...(start + size < items.length ? { nextPageToken: tokenOf(start + size) } : {}),
    ...(start > 0 ? { prevPageToken: tokenOf(Math.max(0, start - size)) } : {}),
    // An empty page has no list at all.
    ...(shown.length === 0 ? {} : { items: shown }),
    pageInfo,
  });
}

function readPageSize(query: URLSearchParams, limits: { usual: number; most: number }): number {
  const text = query.get("maxResults");
  if (text === null) return limits.usual;
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= limits.most) return size;
  throw invalidParameter("invalidValue", "maxResults", `Invalid value '${text}'.`);
}

function readPageToken(query: URLSearchParams): number {
  const text = query.get("pageToken");
  if (text === null) return 0;
  const start = /^CA(\d{4,8})QAA$/.exec(text)?.[1];
  if (start !== undefined) return Number(start);
  throw invalidParameter("invalidPageToken", "pageToken", "The request specifies an invalid page token.");
}

function tokenOf(start: number): string {
  return `CA${String(start).padStart(4, "0")}QAA`;
}

function invalidParameter(reason: string, location: string, message: string): GoogleFailure {
  return new GoogleFailure(400, reason, message, {
    domain: "youtube.parameter",
    location,
    locationType: "parameter",
  });
}

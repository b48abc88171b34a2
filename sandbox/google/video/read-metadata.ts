import type { Kit } from "../../kit/provider.ts";
import { type JsonObject, readObject } from "./json-fields.ts";
import { readLocalizations, readSnippet } from "./snippet-rules.ts";
import { readStatus } from "./status-rules.ts";
import type { VideoMetadata } from "./video.ts";

/**
 * What a request for a new video says of it; a part that `part` does not name is not written. Throws 400 or 403.
 * A project that is not audited has its uploads locked as private, by a switch.
 */
export function readNewMetadata(kit: Kit, body: JsonObject, parts: readonly string[]): VideoMetadata {
  const written = (part: string) => parts.includes(part) ? readObject(body, part, part) : null;
  const snippet = readSnippet(written("snippet") ?? {});
  const status = readStatus(written("status") ?? {}, false, kit.now());
  const localizations = readLocalizations(written("localizations"), snippet.defaultLanguage);
  if (kit.settings.get("google", "force_private", false)) {
    Object.assign(status, { privacyStatus: "private", publishAt: null });
  }
  return { snippet, status, localizations };
}

import { MAX_COVER_BYTES, MAX_COVER_SIDE, MIN_COVER_SIDE } from "../../../_shared/contracts/covers.ts";
import { readPicture } from "../../rules/read-picture.ts";
import type { PublishDeps } from "../deps.ts";

export type OpenedCover =
  | { readonly kind: "picture"; readonly bytes: Uint8Array<ArrayBuffer>; readonly mimeType: string }
  /** Not there, or not this user's. */
  | { readonly kind: "missing" }
  | { readonly kind: "unusable" };

/** A cover as it lies in its bucket, looked at before it is used: whose it is, and whether it is a picture. */
export async function openCover(
  { covers }: Pick<PublishDeps, "covers">,
  userId: string,
  path: string,
): Promise<OpenedCover> {
  const bytes = path.startsWith(`${userId}/`) ? await covers.read(path) : null;
  if (!bytes) return { kind: "missing" };
  const picture = bytes.length <= MAX_COVER_BYTES ? readPicture(bytes) : null;
  const fits = (side: number) => side >= MIN_COVER_SIDE && side <= MAX_COVER_SIDE;
  if (!picture || !fits(picture.width) || !fits(picture.height)) return { kind: "unusable" };
  return { kind: "picture", bytes, mimeType: picture.mimeType };
}

import { FRAGMENT_MULTIPLE_BYTES } from "../../../supabase/functions/_shared/contracts/onedrive.ts";
import { createUploadApi } from "../../../web/src/features/uploads/uploader/create-upload-api.ts";
import {
  createUploader,
  type UploadApi,
  type Uploader,
  type UploaderDeps,
} from "../../../web/src/features/uploads/uploader/create-uploader.ts";

export interface FaultPageOptions {
  functionsUrl: string;
  publishableKey: string;
  token: string;
  timings: UploaderDeps["timings"];
}

/** What a fault run drives in a tab. */
export interface FaultPage {
  start(options: FaultPageOptions): void;
  /** The session of the signed-in user from now on. */
  setToken(token: string): void;
  picked(): File[];
  uploader: Uploader;
}

declare global {
  var faultPage: FaultPage;
}

let token = "";

globalThis.faultPage = {
  start(options) {
    token = options.token;
    const api = createUploadApi({ ...options, getAccessToken: () => Promise.resolve(token) });
    faultPage.uploader = createUploader({
      api: withSmallFragments(api),
      now: fastClock,
      makePoster: () => Promise.resolve(null),
      timings: options.timings,
    });
  },
  setToken: (next) => void (token = next),
  picked: () => [...document.querySelector("input")!.files!],
  uploader: null as unknown as Uploader,
};

/** The smallest fragments there are, so that a file of a few MB has many places to break at. */
function withSmallFragments(api: UploadApi): UploadApi {
  const shrink = <Session extends { fragment_size: number }>(session: Session) => ({
    ...session,
    fragment_size: FRAGMENT_MULTIPLE_BYTES,
  });
  return {
    ...api,
    create: async (request) => shrink(await api.create(request)),
    get: async (id, options) => shrink(await api.get(id, options)),
    restart: async (id) => shrink(await api.restart(id)),
  };
}

/** Every fragment seems to take minutes, so none of them grows. */
function fastClock(): number {
  return performance.now() * 50_000;
}

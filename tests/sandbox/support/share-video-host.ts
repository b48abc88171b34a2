import { VideoHost } from "./video-host.ts";

/** Starts a host of `video` for the tests of a file, hands it over and stops it in the end. */
export function shareVideoHost(video: Uint8Array<ArrayBuffer>, receive: (host: VideoHost) => void): void {
  let host: VideoHost;
  Deno.test.beforeAll(() => {
    host = new VideoHost(video);
    receive(host);
  });
  Deno.test.afterAll(() => host.stop());
}

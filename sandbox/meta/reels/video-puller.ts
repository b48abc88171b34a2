import { BlobWriter } from "../../kit/blob-writer.ts";
import type { Kit } from "../../kit/provider.ts";
import type { SignIn } from "../grants.ts";
import { completePageVideo, failPageVideo } from "../page-reels/complete-page-video.ts";
import type { PageVideo } from "../page-reels/page-video.ts";
import { readSwitch } from "../read-switch.ts";
import type { MetaState } from "../state.ts";
import type { Container } from "./container.ts";
import { failContainer, finishContainer } from "./finish-container.ts";
import { MAX_BYTES } from "./inspect-video.ts";
import { USER_AGENT } from "./probe-source.ts";

const PART_BYTES = 8 * 1024 * 1024;
const TIMEOUT_MS = 120_000;
/** A part whose connection breaks is asked for again. */
const TRIES = 3;

/** The pull ended with a subcode for the container's status. */
class PullFailure extends Error {
  override name = "PullFailure";

  constructor(readonly subcode: number, message: string) {
    super(message);
  }
}

/** A file that is being pulled, and what becomes of it. */
interface Pull {
  host: SignIn;
  file: { blob: string; received: number };
  finish(): Promise<void>;
  fail(subcode: number, message: string): void;
}

/** Pulls videos from their addresses by ranged requests, in the background. */
export class VideoPuller {
  #kit: Kit;
  #state: MetaState;
  #pulls = new Set<AbortController>();

  constructor(kit: Kit, state: MetaState) {
    this.#kit = kit;
    this.#state = state;
  }

  /** Begins to pull; the outcome shows in the container. */
  startContainer(container: Container, url: string): void {
    this.#start({
      host: container.host,
      file: container,
      finish: () => finishContainer(this.#kit, this.#state, container),
      fail: (subcode, message) => failContainer(this.#kit, container, subcode, message),
    }, url);
  }

  /** Begins to pull; the outcome shows in the video. */
  startVideo(video: PageVideo, url: string): void {
    this.#start({
      host: "facebook",
      file: video,
      finish: () => completePageVideo(this.#kit, this.#state, video),
      fail: (_subcode, message) => failPageVideo(this.#kit, video, message),
    }, url);
  }

  /** Begins anew with what a restart interrupted. */
  resumeAll(): void {
    for (const container of this.#state.reels.containers.values()) {
      const { source, sha256, failure } = container;
      if (source.url !== null && sha256 === null && failure === null) {
        this.startContainer(container, source.url);
      }
    }
    for (const video of this.#state.pageVideos.videos.values()) {
      const { url, sha256, failure } = video;
      if (url !== null && sha256 === null && failure === null) this.startVideo(video, url);
    }
  }

  abortAll(): void {
    for (const pull of this.#pulls) pull.abort();
  }

  #start(pull: Pull, url: string): void {
    const abort = new AbortController();
    this.#pulls.add(abort);
    void this.#run(pull, url, abort.signal).finally(() => this.#pulls.delete(abort));
  }

  async #run(pull: Pull, url: string, aborted: AbortSignal): Promise<void> {
    const timeoutMs = readSwitch(this.#kit, pull.host, "pull_timeout_ms") ?? TIMEOUT_MS;
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      await this.#pull(pull, url, AbortSignal.any([aborted, timeout]));
      await pull.finish();
    } catch (error) {
      if (aborted.aborted) return;
      const subcode = timeout.aborted ? 2207003 : error instanceof PullFailure ? error.subcode : 2207053;
      pull.fail(subcode, error instanceof Error ? error.message : String(error));
    }
  }

  async #pull({ file }: Pull, url: string, signal: AbortSignal): Promise<void> {
    file.received = 0;
    const { writer, count } = await this.#openWriter(file);
    try {
      let total = Infinity;
      while (count() < total) total = await this.#pullPart(writer, count, url, signal);
    } finally {
      await writer.close();
      file.received = count();
    }
  }

  async #openWriter({ blob }: Pull["file"]) {
    let received = 0;
    const writer = await BlobWriter.open(this.#kit.blobs.path(blob), 0, () => {});
    return {
      writer: {
        close: () => writer.close(),
        write: async (chunk: Uint8Array) => {
          await writer.write(chunk);
          received += chunk.length;
        },
      },
      count: () => received,
    };
  }

  /** Pulls what comes next and resolves to the size of the whole file, bytes. */
  async #pullPart(
    writer: { write(chunk: Uint8Array): Promise<void> },
    count: () => number,
    url: string,
    signal: AbortSignal,
  ): Promise<number> {
    for (let attempt = 1;; attempt++) {
      const start = count();
      const range = `bytes=${start}-${start + PART_BYTES - 1}`;
      try {
        const headers = { range, "user-agent": USER_AGENT };
        const response = await fetch(url, { redirect: "manual", signal, headers });
        const total = await checkPart(response, start);
        for await (const chunk of response.body ?? []) await writer.write(chunk);
        if (count() > start) return total;
        throw new Error("The server sent an empty part.");
      } catch (error) {
        if (error instanceof PullFailure || signal.aborted || attempt === TRIES) throw error;
      }
    }
  }
}

/** Checks that an answer is the part that was asked for. Resolves to the size of the whole file, bytes. */
async function checkPart(response: Response, start: number): Promise<number> {
  const [, from, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get("content-range") ?? "") ?? [];
  const failure = response.status === 200
    ? new PullFailure(2207077, "The server ignores ranges.")
    : response.status !== 206
    ? new PullFailure(2207076, `The server answered ${response.status}.`)
    : Number(from) !== start || total === undefined
    ? new PullFailure(2207077, "The server sent another range.")
    : Number(total) > MAX_BYTES
    ? new PullFailure(2207082, "The file is too large.")
    : null;
  if (failure === null) return Number(total);
  await response.body?.cancel();
  throw failure;
}

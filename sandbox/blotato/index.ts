import type { Kit, Provider } from "../kit/provider.ts";
import { createBlotatoOrigin } from "./blotato-origin.ts";
import { listPosts } from "./list-posts.ts";
import { createMediaOrigin } from "./media-origin.ts";
import { createBlotatoPages } from "./pages.ts";
import { Publisher } from "./publisher.ts";
import { RateGate } from "./rate-gate.ts";
import { BlotatoState } from "./state.ts";

/** The pretend Blotato, which publishes to a pretend TikTok. */
export function createBlotato(kit: Kit): Provider {
  const state = new BlotatoState(kit);
  const publisher = new Publisher(kit, state);
  const gate = new RateGate(kit);
  return {
    service: "blotato",
    origins: {
      BLOTATO_URL: createBlotatoOrigin({ kit, state, publisher, gate }),
      BLOTATO_MEDIA_URL: createMediaOrigin(kit, state),
    },
    snapshot: () => state.snapshot(),
    restore: (saved) => {
      state.restore(saved as Parameters<BlotatoState["restore"]>[0]);
      publisher.resumeAll();
    },
    reset: () => {
      publisher.abortAll();
      gate.clear();
      state.clear();
    },
    blobIds: () => state.blobIds(),
    posts: () => listPosts(kit, state),
    pages: createBlotatoPages(kit, state),
  };
}

/**
 * Takes the place of `@supabase/realtime-js` in the bundle. supabase-js creates a realtime client with every
 * client and tells it about new tokens; this one listens to nothing.
 */
export class RealtimeClient {
  setAuth(): Promise<void> {
    return Promise.resolve();
  }

  channel(): never {
    throw new Error("This build has no realtime client.");
  }

  getChannels(): [] {
    return [];
  }
}

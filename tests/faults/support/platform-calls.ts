const SERVICES = ["google", "meta", "instagram"] as const;

/** A share of all calls of a platform that goes wrong in one way. */
export interface RandomFault {
  kind: string;
  value?: number;
  rate: number;
}

interface Call {
  method: string;
  route: string;
  status: number;
  count: number;
}

/** What the platforms of a sandbox were asked and answered, and what goes wrong there by chance. */
export function createPlatformCalls(sandboxUrl: string) {
  async function control<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const headers = { "content-type": "application/json" };
    const init = { method, headers, body: body === undefined ? undefined : JSON.stringify(body) };
    const response = await fetch(`${sandboxUrl}/__sandbox/${path}`, init);
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  }

  const list = async () =>
    (await Promise.all(SERVICES.map((service) => control<Call[]>("GET", `requests?service=${service}`))))
      .flat();

  return {
    /** Lets every fault meet its share of all calls from now on, chosen by `seed`. */
    async breakAtRandom(faults: readonly RandomFault[], seed: number): Promise<void> {
      for (const [place, service] of SERVICES.entries()) {
        for (const [number, fault] of faults.entries()) {
          const own = seed + place * faults.length + number;
          await control("POST", "faults", { service, path: "*", times: null, seed: own, ...fault });
        }
      }
    },

    /** Ends all faults; how many calls met one, and how many of them a rate limit. */
    async mend(): Promise<{ met: number; limited: number }> {
      const faults = await control<{ kind: string; fired: number }[]>("GET", "faults");
      await control("DELETE", "faults");
      const sum = (some: typeof faults) => some.reduce((total, { fired }) => total + fired, 0);
      return { met: sum(faults), limited: sum(faults.filter(({ kind }) => kind === "rate_limit")) };
    },

    /** Calls by their answer's status; 0 is a cut connection. */
    async countByStatus(): Promise<Map<number, number>> {
      const counts = new Map<number, number>();
      for (const { status, count } of await list()) counts.set(status, (counts.get(status) ?? 0) + count);
      return counts;
    },
  };
}

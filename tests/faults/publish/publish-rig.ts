import postgres from "postgres";
import { eventually } from "../../support/eventually.ts";
import { startStack, type TestStack } from "../../support/stack.ts";

const BACK_WITHIN_MS = 60_000;

/** The whole stack with its pretend platforms; any of its processes but these may be killed or stopped. */
export class PublishRig {
  readonly #stack: TestStack;
  readonly #sql: postgres.Sql;

  private constructor(stack: TestStack) {
    this.#stack = stack;
    this.#sql = postgres(stack.env.DB_URL!, { max: 4, onnotice: () => {}, connect_timeout: 5 });
  }

  /** With `dataDir` the stack's data and logs stay there. */
  static async open(basePort: number, dataDir?: string): Promise<PublishRig> {
    return new PublishRig(await startStack({ basePort, dataDir }));
  }

  get env(): Readonly<Record<string, string>> {
    return this.#stack.env;
  }

  /** Asks the database as `postgres`, again while it is away. */
  async query<Result>(ask: (sql: postgres.Sql) => Promise<Result>): Promise<Result> {
    const { result } = await eventually(
      "the database answers",
      async () => ({ result: await ask(this.#sql) }),
      BACK_WITHIN_MS,
    );
    return result;
  }

  /** The present process of a part of the stack. */
  async pidOf(name: string): Promise<number> {
    return await eventually(
      `a process of ${name}`,
      async () => (await this.#stack.pids())[name],
      BACK_WITHIN_MS,
    );
  }

  /** Sends a signal to a process of the stack; false when it has just ended. */
  async signal(name: string, signal: Deno.Signal): Promise<boolean> {
    try {
      Deno.kill(await this.pidOf(name), signal);
      return true;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return false;
      throw error;
    }
  }

  /** Kills a process of the stack and waits until it has a successor. */
  async replace(name: string): Promise<void> {
    const before = await this.pidOf(name);
    Deno.kill(before, "SIGKILL");
    await eventually(`another ${name}`, async () => {
      const now = (await this.#stack.pids())[name];
      return now !== undefined && now !== before;
    }, BACK_WITHIN_MS);
  }

  /** The sandbox's control API. */
  async control<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const response = await fetch(`${this.env.SANDBOX_URL}/__sandbox/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`The sandbox answered ${response.status}: ${await response.text()}`);
    return await response.json();
  }

  async close(): Promise<void> {
    await this.#sql.end({ timeout: 1 });
    await this.#stack.stop();
  }
}

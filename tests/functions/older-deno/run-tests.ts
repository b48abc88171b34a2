/**
 * Runs under the older Deno: registers the tests of the files given as arguments. `Deno.test` has no hooks there,
 * so those of a file become its first and last test.
 */
import { pathToFileURL } from "node:url";

type Hook = () => void | Promise<void>;
type Hooks = Record<"beforeAll" | "afterAll" | "beforeEach" | "afterEach", Hook[]>;

/** What the servers of a test file hold is its own matter, as under the Deno of package.json. */
const UNCHECKED = { sanitizeOps: false, sanitizeResources: false };
const register = Deno.test;
let hooks: Hooks;

/** A test with the hooks around it. */
function testWithHooks(...args: unknown[]): void {
  const { beforeEach, afterEach } = hooks;
  const run = args.pop() as (context: Deno.TestContext) => void | Promise<void>;
  const wrapped = async (context: Deno.TestContext) => {
    for (const hook of beforeEach) await hook();
    try {
      await run(context);
    } finally {
      for (const hook of afterEach) await hook();
    }
  };
  const [name, options] = args as [string, Omit<Deno.TestDefinition, "fn" | "name">?];
  register(name, { ...UNCHECKED, ...options }, wrapped);
}

// The pretend providers a test starts are no part of what is tried here: they stay on the Deno of package.json.
Object.assign(Deno, { execPath: () => Deno.env.get("CURRENT_DENO")! });

for (const file of Deno.args) {
  hooks = { beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] };
  const add = (name: keyof Hooks) => (hook: Hook) => void hooks[name].push(hook);
  Object.assign(testWithHooks, {
    beforeAll: (hook: Hook) => register(`before ${file}`, UNCHECKED, hook),
    afterAll: add("afterAll"),
    beforeEach: add("beforeEach"),
    afterEach: add("afterEach"),
  });
  Object.assign(Deno, { test: testWithHooks });
  await import(pathToFileURL(file).href);
  const { afterAll } = hooks;
  register(`after ${file}`, UNCHECKED, async () => {
    for (const hook of afterAll) await hook();
  });
}

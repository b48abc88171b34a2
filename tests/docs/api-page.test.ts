import assert from "node:assert/strict";
import { createRouters, request } from "../functions/support/routers.ts";

const PAGE = new URL("../../docs/api.md", import.meta.url);
const FUNCTIONS = new URL("../../supabase/functions/", import.meta.url);
const VERBS = ["get", "post", "put", "patch", "delete"];

const routers: Record<string, { fetch: (request: Request) => Response | Promise<Response> }> =
  createRouters();

/** The routes a function describes, as `GET /videos/:id`. */
async function readServed(name: string): Promise<string[]> {
  const response = await routers[name]!.fetch(request("GET", `/${name}/openapi.json`));
  const { paths } = await response.json() as { paths: Record<string, Record<string, unknown>> };
  return Object.entries(paths).flatMap(([path, verbs]) =>
    VERBS.filter((verb) => verb in verbs).map((verb) =>
      `${verb.toUpperCase()} ${path.replace(/\/$/, "").replaceAll(/\{(\w+)\}/g, ":$1")}`
    )
  );
}

/** The routes in the first column of a function's section; they may leave out the function's own name. */
function readDescribed(page: string, name: string): string[] {
  const section = new RegExp(`^## ${name}\n([^]*?)(?=^## )`, "m").exec(page)?.[1];
  assert.ok(section, `the page has no section on ${name}`);
  const cells = section.split("\n").filter((line) => line.startsWith("| `")).map((line) =>
    line.split(" | ")[0]!
  );
  return cells.flatMap((cell) => [...cell.matchAll(/`([A-Z]+) (\/[^`]*)`/g)]).map(([, verb, path]) =>
    path === `/${name}` || path!.startsWith(`/${name}/`) ? `${verb} ${path}` : `${verb} /${name}${path}`
  );
}

Deno.test("docs/api.md", async (t) => {
  const page = await Deno.readTextFile(PAGE);
  const names = await Array.fromAsync(
    Deno.readDir(FUNCTIONS),
    (entry) => entry.isDirectory ? entry.name : "_",
  );

  for (const name of names.filter((each) => !each.startsWith("_")).toSorted()) {
    await t.step(`lists exactly the routes of ${name}`, async () => {
      assert.ok(routers[name], `${name} is not known to this test`);
      const served = await readServed(name);
      assert.ok(served.length > 0);
      assert.deepEqual(readDescribed(page, name).toSorted(), served.toSorted());
    });
  }

  await t.step("maps names to routes that exist", async () => {
    const served = (await Promise.all(Object.keys(routers).map(readServed))).flat();
    const [, built] = /^## Names in the requirement documents\n([^]*?)^These belong/m.exec(page) ?? [];
    const targets = built!.split("\n").filter((line) => line.startsWith("| `")).map((line) =>
      line.split(" | ")[1]!
    );
    const routes = targets.flatMap((cell) => [...cell.matchAll(/`([A-Z]+) ([a-z][^`]*)`/g)]);
    assert.ok(routes.length > 10);
    for (const [, verb, path] of routes) assert.ok(served.includes(`${verb} /${path}`), `${verb} ${path}`);
  });

  await t.step("names tables that exist", async () => {
    const types = await Deno.readTextFile(new URL("_shared/db/database.types.ts", FUNCTIONS));
    const [, text] = /^Correlations, statuses([^]*)/m.exec(page) ?? [];
    const tables = [...text!.matchAll(/`([a-z_]+)`/g)].map(([, table]) => table!);
    assert.ok(tables.length > 5);
    for (const table of tables) assert.match(types, new RegExp(`^      ${table}: \\{$`, "m"), table);
  });
});
